// SPDX-License-Identifier: MIT

// Hcloracle shows what HashiCorp's implementation of HCL makes of documents:
// whether it accepts them, where it finds errors and which values they have.
// It is the other half of hcl_probe; scripts/compare-hcl runs both.
//
//	hcloracle stream            documents on stdin, one line of JSON for each
//	hcloracle check FILE        parses a file, prints its errors, exits 1 if any
//	hcloracle bench FILE RUNS   seconds of each parse of a file, as a JSON list
//	hcloracle format DIRECTORY  rewrites each file of a directory in the reference's style
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "hcloracle:", err)
		os.Exit(3)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 1 && args[0] == "stream":
		return stream(os.Stdin, os.Stdout)
	case len(args) == 2 && args[0] == "check":
		return check(args[1])
	case len(args) == 3 && args[0] == "bench":
		return bench(args[1], args[2])
	case len(args) == 2 && args[0] == "format":
		return formatDirectory(args[1])
	}
	return fmt.Errorf("usage: hcloracle stream | check FILE | bench FILE RUNS | format DIRECTORY")
}

// The stream's form: a line with the document's syntax ("hcl" or "json") and
// its length in bytes, then that many bytes, and so on.
func stream(in io.Reader, out io.Writer) error {
	reader := bufio.NewReaderSize(in, 1<<20)
	writer := bufio.NewWriterSize(out, 1<<20)
	defer writer.Flush()
	for {
		var syntax string
		var size int
		if _, err := fmt.Fscanf(reader, "%s %d\n", &syntax, &size); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		source := make([]byte, size)
		if _, err := io.ReadFull(reader, source); err != nil {
			return err
		}
		line, err := json.Marshal(judge(syntax, source))
		if err != nil {
			return err
		}
		writer.Write(line)
		writer.WriteByte('\n')
	}
}

func check(path string) error {
	source, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	_, diags := hclsyntax.ParseConfig(source, path, hcl.InitialPos)
	for _, diag := range diags {
		fmt.Printf("%s: %s\n", diag.Subject, diag.Summary)
	}
	if diags.HasErrors() {
		os.Exit(1)
	}
	return nil
}

func bench(path, runs string) error {
	source, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	count, err := strconv.Atoi(runs)
	if err != nil {
		return err
	}
	seconds := make([]float64, 0, count)
	for i := 0; i < count; i++ {
		start := time.Now()
		_, diags := hclsyntax.ParseConfig(source, path, hcl.InitialPos)
		seconds = append(seconds, time.Since(start).Seconds())
		if diags.HasErrors() {
			return diags
		}
	}
	return json.NewEncoder(os.Stdout).Encode(seconds)
}
