// SPDX-License-Identifier: MIT

package main

import (
	"os"
	"path/filepath"

	"github.com/hashicorp/hcl/v2/hclwrite"
)

// Rewrites each file of a directory in the reference's style.
func formatDirectory(directory string) error {
	entries, err := os.ReadDir(directory)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		path := filepath.Join(directory, entry.Name())
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := os.WriteFile(path, hclwrite.Format(source), 0o644); err != nil {
			return err
		}
	}
	return nil
}
