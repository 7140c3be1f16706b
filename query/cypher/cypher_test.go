package cypher_test

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/tupu-kg/tupu/query/cypher"
)

// same compares trees but for positions and the texts of items.
func same(a, b reflect.Value) bool {
	if a.Kind() != b.Kind() || a.IsValid() && a.Type() != b.Type() {
		return false
	}
	switch a.Kind() {
	case reflect.Pointer, reflect.Interface:
		if a.IsNil() || b.IsNil() {
			return a.IsNil() == b.IsNil()
		}
		return same(a.Elem(), b.Elem())
	case reflect.Slice:
		if a.Len() != b.Len() {
			return false
		}
		for i := range a.Len() {
			if !same(a.Index(i), b.Index(i)) {
				return false
			}
		}
		return true
	case reflect.Struct:
		for i := range a.NumField() {
			if a.Type() == reflect.TypeFor[cypher.Item]() && a.Type().Field(i).Name == "Text" {
				continue
			}
			if !same(a.Field(i), b.Field(i)) {
				return false
			}
		}
		return true
	}
	return a.Type() == reflect.TypeFor[cypher.Pos]() || a.Equal(b)
}

// roundTrip parses, prints and parses again.
func roundTrip(t *testing.T, text string) {
	t.Helper()
	first, err := cypher.Parse(text)
	if err != nil {
		var e *cypher.Error
		if !errors.As(err, &e) || e.At.Line == 0 {
			t.Fatalf("%q: an error without a place: %v", text, err)
		}
		return
	}
	printed := cypher.Print(first)
	second, err := cypher.Parse(printed)
	if err != nil {
		t.Fatalf("%q is printed as %q, which cannot be parsed: %v", text, printed, err)
	}
	if !same(reflect.ValueOf(first), reflect.ValueOf(second)) {
		t.Fatalf("%q is printed as %q, which is another tree", text, printed)
	}
	if again := cypher.Print(second); again != printed {
		t.Fatalf("%q is printed as %q, and then as %q", text, printed, again)
	}
}

var queries = []string{
	"RETURN 1",
	"MATCH (n) RETURN n",
	"match (企业:Enterprise {name: '天辰化工'})-[r:LOCATED_IN|:PART_OF*1..3]->(地) where 企业.name =~ '.*化工' return 地.name as 名称, count(*) order by 名称 desc skip 1 limit 2",
	"OPTIONAL MATCH p = (a)<-[*]-(b), (c)--(d) WITH DISTINCT a, p WHERE a.x IS NOT NULL RETURN *",
	"MATCH p = shortestPath((a)-[*..5]-(b)) RETURN nodes(p)",
	"UNWIND [1, 2, null] AS x RETURN x UNION ALL UNWIND range(1, 3) AS x RETURN x",
	"RETURN -9223372036854775808, -(1), - -1, +1, 2 - -1, -1 ^ 2, -n.x, 0xFF, 0o17, .5, 1e3, 1.0",
	"RETURN 1 < 2 <= 3 <> 4, NOT a AND b OR c XOR d, (a OR b) AND c, NOT (a = b)",
	"RETURN [x IN xs WHERE x > 1 | x * 2], [(x IN xs)], [x IN xs], [(a)-->(b) WHERE b.x | b.y], [(a)-->(b)], all(x IN xs WHERE x)",
	"RETURN `all`(x IN xs), any(x), reduce(s = 0, x IN xs | s + x), CASE WHEN a THEN 1 END, CASE a WHEN 1 THEN 2 ELSE 3 END",
	"RETURN a.b.c[0][1..2][..3][4..], $p, $0, $`a b`, {a: 1, `b c`: {}}, n:A:B, (n:A).x, n:A|B",
	"MATCH (n) WHERE (n)-->() AND EXISTS { (n)--(m) WHERE m.x } AND COUNT { MATCH (n)--(m) RETURN m } > 1 RETURN n {.a, .*, b: 1, c}",
	"CALL tupu.rank('degree') YIELD id AS x, score WHERE score > 1 RETURN x",
	"CALL db.labels",
	"EXPLAIN MATCH (n) RETURN n",
	"CREATE (a:A {x: 1})-[:T]->(b) SET a.x = 1, b += {y: 2}, a:L REMOVE a.x, a:L DETACH DELETE a",
	"MERGE (a) ON CREATE SET a.x = 1 ON MATCH SET a.y = 2",
	"RETURN 'it''s'", "RETURN 'a\\'b\\n\\u4e2d'", "RETURN \"双\"",
	"RETURN a IN b IN c, (a = b) IN c, a = b IN c, a + b STARTS WITH c, -(a + b), (a + b).c, [1][0], (1).x, -1.x",
	"MATCH (a:A|B WHERE a.x > 1)-[r WHERE r.y]-(b) RETURN a",
	"RETURN exists((a)-->(b)), count(DISTINCT x), `weird name`.`a``b`",
}

func TestRoundTrip(t *testing.T) {
	for _, q := range queries {
		roundTrip(t, q)
	}
}

var block = regexp.MustCompile(`(?s)(?:executing query|having executed|executing control query):\s*"""\n(.*?)"""`)

// TestRoundTripOfTCK prints and parses again what the queries of the openCypher TCK say.
func TestRoundTripOfTCK(t *testing.T) {
	shared := os.Getenv("TUPU_SHARED")
	if shared == "" {
		t.Skip("TUPU_SHARED does not name the folder that holds tck: its queries are not read")
	}
	read, parsed := 0, 0
	err := filepath.WalkDir(filepath.Join(shared, "tck", "features"), func(path string, d os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".feature") {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range block.FindAllStringSubmatch(string(b), -1) {
			read++
			if _, err := cypher.Parse(m[1]); err == nil {
				parsed++
			}
			roundTrip(t, m[1])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if read < 2000 || parsed < read*8/10 {
		t.Errorf("%d of %d queries parse: the folder holds something else", parsed, read)
	}
}

func TestErrors(t *testing.T) {
	for _, c := range []struct{ text, code, want string }{
		{"", "UnexpectedSyntax", "line 1, column 1: expected a clause: MATCH, OPTIONAL MATCH, UNWIND, WITH, RETURN or CALL, found the end of the query"},
		{"MATCH (n) RETRUN n", "UnexpectedSyntax", `line 1, column 11: expected a clause (MATCH, WITH, RETURN, …) or the end of the query, found "RETRUN"; did you mean RETURN?`},
		{"MACTH (n) RETURN n", "UnexpectedSyntax", `line 1, column 1: expected a clause: MATCH, OPTIONAL MATCH, UNWIND, WITH, RETURN or CALL, found "MACTH"; did you mean MATCH?`},
		{"MATCH (n) RETURN n LIMT 3", "UnexpectedSyntax", `line 1, column 20: expected a clause (MATCH, WITH, RETURN, …) or the end of the query, found "LIMT"; did you mean LIMIT?`},
		{"MATCH (n) RETURN DISTICNT n", "UnexpectedSyntax", `line 1, column 27: expected a clause (MATCH, WITH, RETURN, …) or the end of the query, found "n"; did you mean DISTINCT where DISTICNT stands?`},
		{"MATCH (n) WHERE EXIST { (n) } RETURN n", "UnexpectedSyntax", `line 1, column 25: expected "." and a property, or a key, found "("; did you mean EXISTS where EXIST stands?`},
		{"MATCH (n) RETURN name x", "UnexpectedSyntax", `line 1, column 23: expected a clause (MATCH, WITH, RETURN, …) or the end of the query, found "x"`},
		{"MATCH (n)", "InvalidClauseComposition", "line 1, column 10: RETURN is missing at the end of the query"},
		{"MATCH (企业:企业\nRETURN 企业", "UnexpectedSyntax", `line 2, column 1: expected ":" and a label, "{" and properties, or ")", found "RETURN"`},
		{"RETURN “a”", "InvalidUnicodeCharacter", `line 1, column 8: "“" cannot stand here; write "\""`},
		{"RETURN 1 == 2", "UnexpectedSyntax", `line 1, column 10: "==" is no operator; write "="`},
		{"RETURN 1 != 2", "UnexpectedSyntax", `line 1, column 10: "!=" is no operator; write "<>"`},
		{"RETURN 'a", "UnexpectedSyntax", "line 1, column 8: the string that begins here does not end: ' is missing"},
		{"RETURN 9223372036854775808", "IntegerOverflow", "line 1, column 8: 9223372036854775808 does not fit into 64 bits"},
		{"RETURN 12abc", "InvalidNumberLiteral", "line 1, column 8: 12abc is not a number"},
		{"RETURN {12abc: 1}", "UnexpectedSyntax", `line 1, column 9: found "12abc", expected a key`},
		{"MATCH (n)-[:A..3]->(m) RETURN n", "InvalidRelationshipPattern", "line 1, column 14: a length begins with *, as in [:PART_OF*1..3]"},
		{"MATCH (n) WHERE (n)-[:A*-2]->() RETURN n", "InvalidRelationshipPattern", "line 1, column 24: a length cannot be negative"},
		{"MATCH (order) RETURN order", "UnexpectedSyntax", `line 1, column 8: expected ":" and a label, "{" and properties, or ")", found "order"`},
		{"RETURN " + strings.Repeat("(", 400) + "1", "UnexpectedSyntax", "line 1, column 308: this is nested more than 300 deep"},
	} {
		_, err := cypher.Parse(c.text)
		var e *cypher.Error
		if !errors.As(err, &e) {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if e.Code != c.code || e.Error() != c.want {
			t.Errorf("%q:\n got %s %s\nwant %s %s", c.text, e.Code, e.Error(), c.code, c.want)
		}
	}
}

func TestStatements(t *testing.T) {
	pieces, at := cypher.Statements("RETURN ';';\n// a comment; more\nRETURN 2 ;;\n")
	if want := []string{"RETURN ';'", "\n// a comment; more\nRETURN 2 "}; !reflect.DeepEqual(pieces, want) {
		t.Errorf("cut into %q", pieces)
	}
	if want := []int{0, 11}; !reflect.DeepEqual(at, want) {
		t.Errorf("at %v", at)
	}
}

func FuzzParse(f *testing.F) {
	for _, q := range queries {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, text string) { roundTrip(t, text) })
}
