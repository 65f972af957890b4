// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"sort"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	hcljson "github.com/hashicorp/hcl/v2/json"
	"github.com/zclconf/go-cty/cty"
	"golang.org/x/text/unicode/norm"
)

// What one document came to. Errors are [line, column, end line, end column,
// summary, byte, end byte].
type verdict struct {
	ParseOK    bool    `json:"parse_ok"`
	Errors     [][]any `json:"errors"`
	EvalOK     bool    `json:"eval_ok"`
	EvalErrors [][]any `json:"eval_errors"`
	Value      any     `json:"value"`
	// Why values say nothing: references that this program cannot bind.
	NoValues string `json:"no_values,omitempty"`
	Crash    string `json:"crash,omitempty"`
}

type bodyValue struct {
	Attributes map[string]any `json:"attributes"`
	Blocks     []blockValue   `json:"blocks"`
}

type blockValue struct {
	Type   string    `json:"type"`
	Labels []string  `json:"labels"`
	Line   int       `json:"line"`
	Body   bodyValue `json:"body"`
}

// In place of the value of an attribute whose evaluation failed.
var failed = map[string]any{"$error": true}

func judge(syntax string, source []byte) (result verdict) {
	defer func() {
		if trouble := recover(); trouble != nil {
			result = verdict{Crash: fmt.Sprint(trouble), Errors: [][]any{}, EvalErrors: [][]any{}}
		}
	}()
	result.EvalErrors = [][]any{}
	if syntax == "json" {
		judgeJSON(source, &result)
	} else {
		judgeNative(source, &result)
	}
	return result
}

func judgeNative(source []byte, result *verdict) {
	file, diags := hclsyntax.ParseConfig(source, "", hcl.InitialPos)
	result.Errors = describe(diags)
	result.ParseOK = !diags.HasErrors()
	if !result.ParseOK {
		return
	}
	body := file.Body.(*hclsyntax.Body)
	bindBody(body, source)
	var evalDiags hcl.Diagnostics
	result.Value = evaluateBody(body, newContext(nil), &evalDiags)
	result.EvalErrors = describe(evalDiags)
	result.EvalOK = !evalDiags.HasErrors()
}

func evaluateBody(body *hclsyntax.Body, context *hcl.EvalContext, diags *hcl.Diagnostics) bodyValue {
	value := bodyValue{Attributes: map[string]any{}, Blocks: []blockValue{}}
	attributes := make([]*hclsyntax.Attribute, 0, len(body.Attributes))
	for _, attribute := range body.Attributes {
		attributes = append(attributes, attribute)
	}
	sort.Slice(attributes, func(i, j int) bool {
		return attributes[i].SrcRange.Start.Byte < attributes[j].SrcRange.Start.Byte
	})
	for _, attribute := range attributes {
		value.Attributes[attribute.Name] = evaluate(attribute.Expr, context, diags)
	}
	for _, block := range body.Blocks {
		labels := append([]string{}, block.Labels...)
		value.Blocks = append(value.Blocks, blockValue{
			Type: block.Type, Labels: labels, Line: block.TypeRange.Start.Line,
			Body: evaluateBody(block.Body, context, diags),
		})
	}
	return value
}

func evaluate(expression hcl.Expression, context *hcl.EvalContext, diags *hcl.Diagnostics) any {
	value, valueDiags := expression.Value(context)
	*diags = append(*diags, valueDiags...)
	if valueDiags.HasErrors() {
		return failed
	}
	return canonical(value)
}

// The JSON form without a schema: every property of the root is an attribute.
// Names are put into normalization form C, as those of objects are.
func judgeJSON(source []byte, result *verdict) {
	file, diags := hcljson.Parse(source, "")
	if diags.HasErrors() {
		result.Errors = describe(withoutRootComplaint(diags))
		return
	}
	diags = bodyErrors(source)
	result.Errors = describe(diags)
	result.ParseOK = !diags.HasErrors()
	if !result.ParseOK {
		return
	}
	attributes, diags := file.Body.JustAttributes()
	if diags.HasErrors() {
		// What is wrong with a root that is an array, or with a property that
		// comes up twice, only a schema can tell.
		result.NoValues = diags[0].Summary
		return
	}
	names := make([]string, 0, len(attributes))
	var traversals []hcl.Traversal
	for name, attribute := range attributes {
		names = append(names, name)
		traversals = append(traversals, attribute.Expr.Variables()...)
	}
	sort.Slice(names, func(i, j int) bool {
		return attributes[names[i]].Range.Start.Byte < attributes[names[j]].Range.Start.Byte
	})
	variables, err := bindTraversals(traversals)
	if err != nil {
		result.NoValues = err.Error()
		return
	}
	var evalDiags hcl.Diagnostics
	value := bodyValue{Attributes: map[string]any{}, Blocks: []blockValue{}}
	for _, name := range names {
		value.Attributes[norm.NFC.String(name)] = evaluate(attributes[name].Expr, newContext(variables), &evalDiags)
	}
	result.Value = value
	result.EvalErrors = describe(evalDiags)
	result.EvalOK = !evalDiags.HasErrors()
}

// The errors in the templates of a root object, or of the objects of a root
// array. Properties of a body named `//` are comments.
func bodyErrors(source []byte) hcl.Diagnostics {
	var diags hcl.Diagnostics
	root, _ := hcljson.ParseExpression(source, "")
	bodies, listDiags := hcl.ExprList(root)
	if listDiags.HasErrors() {
		bodies = []hcl.Expression{root}
	}
	for _, body := range bodies {
		properties, _ := hcl.ExprMap(body)
		for _, property := range properties {
			if name, _ := property.Key.Value(nil); name.AsString() != "//" {
				diags = append(diags, templateErrors(property.Value)...)
			}
		}
	}
	return diags
}

// Of a root that it could not read the reference also says that it must be an
// object.
func withoutRootComplaint(diags hcl.Diagnostics) hcl.Diagnostics {
	if last := len(diags) - 1; last > 0 && diags[last].Summary == "Root value must be object" {
		return diags[:last]
	}
	return diags
}

// The syntax errors of the templates that the strings below an expression of
// the JSON form are. The reference finds them only when it evaluates.
func templateErrors(expression hcl.Expression) hcl.Diagnostics {
	if items, diags := hcl.ExprList(expression); !diags.HasErrors() {
		var all hcl.Diagnostics
		for _, item := range items {
			all = append(all, templateErrors(item)...)
		}
		return all
	}
	if pairs, diags := hcl.ExprMap(expression); !diags.HasErrors() {
		var all hcl.Diagnostics
		for _, pair := range pairs {
			all = append(all, templateErrors(pair.Key)...)
			all = append(all, templateErrors(pair.Value)...)
		}
		return all
	}
	literal, _ := expression.Value(nil) // without a context a string is itself
	if literal.IsNull() || !literal.IsKnown() || literal.Type() != cty.String {
		return nil
	}
	start := expression.Range().Start
	start.Byte++ // behind the quote
	start.Column++
	_, diags := hclsyntax.ParseTemplate([]byte(literal.AsString()), "", start)
	return diags
}

func describe(diags hcl.Diagnostics) [][]any {
	result := [][]any{}
	for _, diag := range diags {
		if diag.Severity != hcl.DiagError {
			continue
		}
		entry := []any{0, 0, 0, 0, diag.Summary, 0, 0}
		if r := diag.Subject; r != nil {
			entry = []any{r.Start.Line, r.Start.Column, r.End.Line, r.End.Column, diag.Summary, r.Start.Byte, r.End.Byte}
		}
		result = append(result, entry)
	}
	return result
}
