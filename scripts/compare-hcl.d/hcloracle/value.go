// SPDX-License-Identifier: MIT

package main

import (
	"encoding/json"
	"math/big"
	"strconv"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// Numbers are compared to this many significant digits: the reference
// computes with 512 bits, which is 154 of them.
const significantDigits = 150

// A value as JSON can show it: tuples, lists and sets are arrays, objects and
// maps are objects. Both programs write it the same way.
func canonical(value cty.Value) any {
	value, _ = value.UnmarkDeep()
	switch {
	case !value.IsKnown():
		return map[string]any{"$unknown": true}
	case value.IsNull():
		return nil
	}
	t := value.Type()
	switch {
	case t == cty.String:
		return value.AsString()
	case t == cty.Bool:
		return value.True()
	case t == cty.Number:
		return canonicalNumber(value.AsBigFloat())
	case t.IsTupleType() || t.IsListType() || t.IsSetType():
		items := []any{}
		for it := value.ElementIterator(); it.Next(); {
			_, item := it.Element()
			items = append(items, canonical(item))
		}
		return items
	case t.IsObjectType() || t.IsMapType():
		members := map[string]any{}
		for it := value.ElementIterator(); it.Next(); {
			key, item := it.Element()
			members[key.AsString()] = canonical(item)
		}
		return members
	}
	return map[string]any{"$type": t.FriendlyName()}
}

// Digits without trailing zeros, `e`, exponent: 1500 is 15e2, 0.25 is 25e-2.
func canonicalNumber(number *big.Float) any {
	if number.IsInf() {
		return map[string]any{"$number": number.String()}
	}
	if number.Sign() == 0 {
		return json.Number("0e0")
	}
	mantissa, exponentText, _ := strings.Cut(number.Text('e', significantDigits-1), "e")
	exponent, err := strconv.Atoi(exponentText)
	if err != nil {
		panic(err)
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits := whole + fraction
	exponent -= len(fraction)
	trimmed := strings.TrimRight(digits, "0")
	exponent += len(digits) - len(trimmed)
	return json.Number(trimmed + "e" + strconv.Itoa(exponent))
}
