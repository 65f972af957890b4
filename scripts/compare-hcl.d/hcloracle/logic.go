// SPDX-License-Identifier: MIT

package main

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// `&&` and `||` as versions from 2.24 on have them: where one side alone
// decides, errors of the other side are dropped. Older ones report them.
type logical struct {
	*hclsyntax.BinaryOpExpr
	decisive cty.Value // false for `&&`, true for `||`
}

func withLogic(e *hclsyntax.BinaryOpExpr) hclsyntax.Expression {
	switch e.Op {
	case hclsyntax.OpLogicalAnd:
		return logical{e, cty.False}
	case hclsyntax.OpLogicalOr:
		return logical{e, cty.True}
	}
	return e
}

func (e logical) Value(context *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	for _, side := range []hclsyntax.Expression{e.LHS, e.RHS} {
		value, diags := side.Value(context)
		if diags.HasErrors() || value.IsNull() || !value.IsKnown() {
			continue
		}
		if value, err := convert.Convert(value, cty.Bool); err == nil && value.RawEquals(e.decisive) {
			return e.decisive, nil
		}
	}
	return e.BinaryOpExpr.Value(context)
}

// What is added to the summary of an error about a conditional whose results
// don't fit together where one of them has errors itself.
const brokenResult = " (one is broken)"

type conditional struct {
	*hclsyntax.ConditionalExpr
}

func (e conditional) Value(context *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	value, diags := e.ConditionalExpr.Value(context)
	for _, diag := range diags {
		if diag.Summary == "Inconsistent conditional result types" && (fails(e.TrueResult, context) || fails(e.FalseResult, context)) {
			diag.Summary += brokenResult
		}
	}
	return value, diags
}

func fails(e hclsyntax.Expression, context *hcl.EvalContext) bool {
	_, diags := e.Value(context)
	return diags.HasErrors()
}
