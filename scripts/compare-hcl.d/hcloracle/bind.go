// SPDX-License-Identifier: MIT

package main

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// References that nothing binds stand for their own text: `data_source.db` is
// the string "data_source.db". So documents can be evaluated without knowing
// what their host offers. White space in the text counts as one blank.

type binder struct {
	source []byte
	bound  map[string]int // names of the `for`s around the current expression
}

func bindBody(body *hclsyntax.Body, source []byte) {
	b := binder{source: source, bound: map[string]int{}}
	b.body(body)
}

func (b *binder) body(body *hclsyntax.Body) {
	for _, attribute := range body.Attributes {
		attribute.Expr = b.expression(attribute.Expr)
	}
	for _, block := range body.Blocks {
		b.body(block.Body)
	}
}

func (b *binder) expression(e hclsyntax.Expression) hclsyntax.Expression {
	switch e := e.(type) {
	case nil:
		return nil
	case *hclsyntax.ScopeTraversalExpr:
		return b.traversal(e)
	case *hclsyntax.ParenthesesExpr:
		e.Expression = b.expression(e.Expression)
	case *hclsyntax.RelativeTraversalExpr:
		e.Source = b.expression(e.Source)
	case *hclsyntax.FunctionCallExpr:
		b.all(e.Args)
	case *hclsyntax.ConditionalExpr:
		e.Condition = b.expression(e.Condition)
		e.TrueResult = b.expression(e.TrueResult)
		e.FalseResult = b.expression(e.FalseResult)
		return conditional{e}
	case *hclsyntax.BinaryOpExpr:
		e.LHS = b.expression(e.LHS)
		e.RHS = b.expression(e.RHS)
		return withLogic(e)
	case *hclsyntax.UnaryOpExpr:
		e.Val = b.expression(e.Val)
	case *hclsyntax.IndexExpr:
		if reference, ok := e.Collection.(*hclsyntax.ScopeTraversalExpr); ok && isText(e.Key) && b.isFree(reference) {
			return b.text(e.SrcRange) // the parser misses these: `x["$$k"]` is two pieces of text to it
		}
		e.Collection = b.expression(e.Collection)
		e.Key = b.expression(e.Key)
	case *hclsyntax.TupleConsExpr:
		b.all(e.Exprs)
	case *hclsyntax.ObjectConsExpr:
		for i := range e.Items {
			e.Items[i].KeyExpr = b.expression(e.Items[i].KeyExpr)
			e.Items[i].ValueExpr = b.expression(e.Items[i].ValueExpr)
		}
	case *hclsyntax.ObjectConsKeyExpr:
		// A bare name is a literal key, a bare reference the reference's own error.
		if _, bare := e.Wrapped.(*hclsyntax.ScopeTraversalExpr); !bare || e.ForceNonLiteral {
			e.Wrapped = b.expression(e.Wrapped)
		}
	case *hclsyntax.ForExpr:
		b.forExpression(e)
	case *hclsyntax.SplatExpr:
		e.Source = b.expression(e.Source)
		e.Each = b.expression(e.Each)
	case *hclsyntax.TemplateExpr:
		b.all(e.Parts)
	case *hclsyntax.TemplateJoinExpr:
		e.Tuple = b.expression(e.Tuple)
	case *hclsyntax.TemplateWrapExpr:
		e.Wrapped = b.expression(e.Wrapped)
	case *hclsyntax.LiteralValueExpr, *hclsyntax.AnonSymbolExpr:
	default:
		panic(fmt.Sprintf("no rule to bind references in %T", e))
	}
	return e
}

func (b *binder) all(expressions []hclsyntax.Expression) {
	for i := range expressions {
		expressions[i] = b.expression(expressions[i])
	}
}

func (b *binder) forExpression(e *hclsyntax.ForExpr) {
	e.CollExpr = b.expression(e.CollExpr)
	names := []string{e.KeyVar, e.ValVar}
	for _, name := range names {
		b.bound[name]++
	}
	if e.KeyExpr != nil {
		e.KeyExpr = b.expression(e.KeyExpr)
	}
	e.ValExpr = b.expression(e.ValExpr)
	if e.CondExpr != nil {
		e.CondExpr = b.expression(e.CondExpr)
	}
	for _, name := range names {
		b.bound[name]--
	}
}

func (b *binder) traversal(e *hclsyntax.ScopeTraversalExpr) hclsyntax.Expression {
	if b.isFree(e) {
		return b.text(e.SrcRange)
	}
	return e
}

func (b *binder) isFree(e *hclsyntax.ScopeTraversalExpr) bool {
	return b.bound[e.Traversal.RootName()] == 0
}

func (b *binder) text(r hcl.Range) hclsyntax.Expression {
	text := string(b.source[r.Start.Byte:r.End.Byte])
	words := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" \t\r\n", c) })
	return &hclsyntax.LiteralValueExpr{Val: cty.StringVal(strings.Join(words, " ")), SrcRange: r}
}

func isText(e hclsyntax.Expression) bool {
	template, ok := e.(*hclsyntax.TemplateExpr)
	for i := 0; ok && i < len(template.Parts); i++ {
		_, ok = template.Parts[i].(*hclsyntax.LiteralValueExpr)
	}
	return ok
}

// The same for the JSON form, whose trees are not open to changes: variables
// that make each `a.b.c` the text "a.b.c". Fails where that is not possible,
// as for a document with both `a` and `a.b`, or with `a[0]`.
func bindTraversals(traversals []hcl.Traversal) (map[string]cty.Value, error) {
	root := map[string]any{}
	for _, traversal := range traversals {
		at := root
		names := []string{}
		for i, step := range traversal {
			name := ""
			switch step := step.(type) {
			case hcl.TraverseRoot:
				name = step.Name
			case hcl.TraverseAttr:
				name = step.Name
			default:
				return nil, fmt.Errorf("reference with an index")
			}
			names = append(names, name)
			known, seen := at[name]
			if i == len(traversal)-1 {
				if _, isText := known.(string); seen && !isText {
					return nil, fmt.Errorf("`%s` and longer references", name)
				}
				at[name] = strings.Join(names, ".")
				break
			}
			if !seen {
				known = map[string]any{}
				at[name] = known
			}
			next, isObject := known.(map[string]any)
			if !isObject {
				return nil, fmt.Errorf("`%s` and longer references", name)
			}
			at = next
		}
	}
	return toObjects(root), nil
}

func toObjects(tree map[string]any) map[string]cty.Value {
	values := map[string]cty.Value{}
	for name, child := range tree {
		switch child := child.(type) {
		case string:
			values[name] = cty.StringVal(child)
		case map[string]any:
			values[name] = cty.ObjectVal(toObjects(child))
		}
	}
	return values
}
