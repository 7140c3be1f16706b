package cli

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/graph"
	"github.com/tupu-kg/tupu/query"
	"github.com/tupu-kg/tupu/store"
)

// questions are asked of the example reports; their answers lie in testdata/golden, and testdata/README.md tells which facts
// were planted for them.
var questions = []struct {
	golden string
	args   []string
}{
	{"ask_shared", []string{"ask", "shared"}},
	{"ask_shared_all", []string{"ask", "shared", "--type", "all"}},
	{"ask_coverage", []string{"ask", "coverage"}},
	{"ask_hubs", []string{"ask", "hubs"}},
	{"ask_place", []string{"ask", "place", "漳浦县"}},
	{"find_homonyms", []string{"find", "第二实验小学"}},
	{"find_parks", []string{"find", "科创中心"}},
	{"find_traditional", []string{"find", "榕嶼"}},
	{"find_dirty", []string{"find", "泓谷"}},
	{"search", []string{"search", "未能按计划通车"}},
	{"show", []string{"show", "屿辰冷链"}},
	{"path", []string{"path", "惠松家居", "屿辰集团"}},
	{"path_several", []string{"path", "惠松家居", "屿辰集团", "--paths", "3", "--by-evidence"}},
	{"rank", []string{"rank", "--by", "pagerank", "--type", "enterprise", "--year", "2023"}},
	{"rank_betweenness", []string{"rank", "--by", "betweenness", "--limit", "10"}},
	{"rank_cut", []string{"rank", "--by", "cut", "--limit", "5"}},
	{"links", []string{"links", "--limit", "5"}},
	{"links_skeleton", []string{"links", "--by", "skeleton", "--limit", "5"}},
	{"links_surprise", []string{"links", "--by", "surprise", "--limit", "5"}},
	{"communities_parts", []string{"communities", "--parts", "--limit", "2", "--members", "3"}},
	{"communities", []string{"communities", "--limit", "3"}},
	{"ego", []string{"ego", "榕屿食品"}},
	{"diff_years", []string{"diff", "2022", "2023", "--type", "enterprise", "--in", "漳州市"}},
	{"diff_areas", []string{"diff", "芗城区", "漳浦县", "--type", "enterprise", "--limit", "5"}},
	{"ask_status", []string{"ask", "status", "--area", "芗城区"}},
	{"ask_promises", []string{"ask", "promises"}},
	{"ask_repeated", []string{"ask", "repeated"}},
	{"ask_phantoms", []string{"ask", "phantoms"}},
	{"ask_delivery", []string{"ask", "delivery", "--area", "龙海区"}},
	{"ask_timeline", []string{"ask", "timeline", "碧洲污水处理厂扩建工程"}},
	{"ask_who_builds", []string{"ask", "who-builds", "--type", "enterprise"}},
	{"ask_money", []string{"ask", "money", "--area", "龙海区"}},
	{"ask_changed_amounts", []string{"ask", "changed-amounts"}},
	{"ask_conflicts", []string{"ask", "conflicts"}},
	{"ask_shared_projects", []string{"ask", "shared-projects"}},
	{"ask_parks", []string{"ask", "parks"}},
	{"ask_new", []string{"ask", "new", "--area", "龙文区", "--year", "2023"}},
	{"ask_new_unknown", []string{"ask", "new", "--area", "漳浦县", "--year", "2023"}},
	{"ask_gone", []string{"ask", "gone", "--area", "芗城区", "--year", "2023"}},
	{"ask_families", []string{"ask", "families"}},
	{"ask_responsible", []string{"ask", "responsible"}},
	{"ask_denied", []string{"ask", "denied"}},
	{"ask_wording", []string{"ask", "wording"}},
	{"ask_lone_source", []string{"ask", "lone-source", "--area", "漳浦县"}},
}

// TestFormsOfCasesAgree asks the questions about single things in every form and compares what they name.
func TestFormsOfCasesAgree(t *testing.T) {
	inTestdata(t)
	if status, _, stderr := call("build", "testdata/reports", "--manifest", "testdata/manifest.csv"); status != statusDone {
		t.Fatalf("build: status %d\n%s", status, stderr)
	}
	for _, q := range query.Questions {
		status, asTable, stderr := call("ask", q.Name, "-o", "table")
		if status != statusDone {
			t.Fatalf("ask %s: status %d: %s", q.Name, status, stderr)
		}
		_, lines, _ := call("ask", q.Name, "-o", "jsonl")
		_, rows, _ := call("ask", q.Name, "-o", "csv")
		records, err := csv.NewReader(strings.NewReader(rows)).ReadAll()
		if err != nil {
			t.Fatalf("ask %s: %v", q.Name, err)
		}
		n := 1
		for line := range strings.Lines(lines) {
			var c query.Case
			if err := json.Unmarshal([]byte(line), &c); err != nil {
				t.Fatalf("ask %s: %v", q.Name, err)
			}
			if !strings.Contains(asTable, c.Name) {
				t.Errorf("ask %s: the table does not name %s", q.Name, c.Name)
			}
			for range max(len(c.Said), 1) {
				if n >= len(records) || records[n][0] != c.Name || records[n][3] != c.Finding {
					t.Fatalf("ask %s: row %d of the CSV is not %s: %s", q.Name, n, c.Name, c.Finding)
				}
				n++
			}
			for _, said := range c.Said {
				if len(said.Evidence) == 0 {
					t.Errorf("ask %s: %s: %s %s has no evidence", q.Name, c.Name, said.Relation, said.What)
				}
			}
		}
		if n != len(records) {
			t.Errorf("ask %s: %d rows of CSV, %d in JSON lines", q.Name, len(records)-1, n-1)
		}
	}
}

// plants are what was put into the example reports for the questions of investigators: what the answer says in every form, what
// it does not, and, where nothing else is planted, how many cases there are.
var plants = []struct {
	args  string
	cases int
	says  []string
	not   []string
}{
	{args: "ask shared", says: []string{"漳州榕屿食品有限公司", "福建澜桥精密机械有限公司", "屿辰集团", "福建禾漫食品有限公司", "启丰源纸业", "岚诺医药"}, not: []string{"海鲸投资集团", "蓝鲸云", "双溪包装", "紫屿船业"}},
	{args: "cite 屿辰冷链", says: []string{"屿辰集团持股51%的漳州屿辰冷链物流有限公司（以下简称“屿辰冷链”）揭牌", "龙海区人民政府", "2024-01-04"}},
	{args: "ask promises --area 龙海区", says: []string{"南溪湾生态湿地公园项目", "not in the reports held since", "石码街道全民健身中心", "delivered", "no later report is held"}, not: []string{"圆岭"}},
	{args: "ask promises 碧洲污水处理厂扩建工程", cases: 1, says: []string{"delivered", "6月动工", "9月底竣工"}},
	{args: "ask promises 芗江北岸防洪排涝工程", cases: 1, says: []string{"delivered", "8月开工", "全面竣工"}},
	{args: "ask repeated", says: []string{"南溪湾生态湿地公园项目", "圆岭体育中心项目", "锦渚大桥", "promised for 2023, 2024"}, not: []string{"碧洲污水处理厂", "榕屿食品"}},
	{args: "ask who-builds 屿辰集团", cases: 1, says: []string{"屿辰冷链物流中心项目", "总投资6.8亿元"}},
	{args: "ask timeline 碧洲污水处理厂扩建工程", cases: 1, says: []string{"2023 to 2024", "started", "completed", "2.85亿元", "2.79亿元", "10万吨"}},
	{args: "ask phantoms", cases: 2, says: []string{"南溪湾生态湿地公园项目", "圆岭体育中心项目", "candidate"}, not: []string{"fraud"}},
	{args: "ask money --area 龙海区", says: []string{"2024 done so far: 5.3亿元 from 1 figure", "2023 total: 56.8亿元 from 2 figures"}, not: []string{"128.6", "62.1亿元"}},
	{args: "ask new --area 龙文区 --year 2023", says: []string{"岚诺医药", "new in 龙文区 in 2023"}, not: []string{"启丰源"}},
	{args: "ask new --area 漳浦县 --year 2023", cases: 1, says: []string{"unknown, no report on 2022 is held"}, not: []string{"new in"}},
	{args: "ask gone --area 芗城区 --year 2023", cases: 2, says: []string{"启丰源纸业", "漳州市芗城双溪包装有限公司"}},
	{args: "path 惠松家居 屿辰集团", says: []string{"漳州榕屿食品有限公司", "漳州屿辰冷链物流有限公司", "途衍供应链等3家企业", "跨县区入驻", "持股51%"}},
	{args: "ask parks 金浔产业园", cases: 1, says: []string{"榕屿食品", "禾漫食品", "屿辰冷链", "3 firms"}},
	{args: "rank --by betweenness --type enterprise --limit 3", says: []string{"福建禾漫食品有限公司", "漳州榕屿食品有限公司"}, not: []string{"柏蒂"}},
	{args: "ask conflicts", cases: 2, says: []string{"芗城区 says operating, 龙文区 says topped_out", "澜桥精密智造基地项目", "claimed by 漳州台商投资区 and 龙文区"}, not: []string{"锦渚大桥 "}},
	{args: "ask changed-amounts 立晟化学高端聚酯项目", says: []string{"由30亿元追加到50亿元", "由25万吨提高到50万吨"}, not: []string{"屿辰"}},
	{args: "ask delivery --area 龙海区 --year 2024", cases: 1, says: []string{"2024: 3 of 9 delivered", "南溪湾生态湿地公园项目"}},
	{args: "ask delivery --area 龙海区 --year 2025", cases: 1, says: []string{"8 promised, no later report is held"}, not: []string{"of 8"}},
	{args: "ask responsible", cases: 4, says: []string{"led by 区城市管理局", "led by 区农业农村局", "led by 县交通运输局", "led by 县商务局"}, not: []string{"宝翊金属", "led by 龙海区第一医院", "兰陔花卉"}},
	{args: "ask denied", cases: 4, says: []string{"圆岭体育中心项目", "未能按时开工", "锦渚大桥", "未能按计划通车", "前亭风电母港项目", "后坂安置房二期"}, not: []string{"进出口总额", "安全"}},
	{args: "ask wording", cases: 1, says: []string{"the plan for 2024 repeats that for 2023", "similarity 1.00", "竹溪、后坂、上坪三个片区"}},
}

func TestPlantsAreFound(t *testing.T) {
	inTestdata(t)
	if status, _, stderr := call("build", "testdata/reports", "--manifest", "testdata/manifest.csv"); status != statusDone {
		t.Fatalf("build: status %d\n%s", status, stderr)
	}
	for _, p := range plants {
		for _, form := range []string{"table", "json", "csv"} {
			status, out, stderr := call(append(strings.Fields(p.args), "-o", form)...)
			if status != statusDone {
				t.Fatalf("tupu %s -o %s: status %d\n%s", p.args, form, status, stderr)
			}
			for _, s := range p.says {
				if !strings.Contains(out, s) {
					t.Errorf("tupu %s -o %s does not say %s", p.args, form, s)
				}
			}
			for _, s := range p.not {
				if strings.Contains(out, s) {
					t.Errorf("tupu %s -o %s says %s", p.args, form, s)
				}
			}
			if form != "json" || p.cases == 0 {
				continue
			}
			var answer struct{ Items []json.RawMessage }
			if err := json.Unmarshal([]byte(out), &answer); err != nil {
				t.Fatalf("tupu %s: %v", p.args, err)
			}
			if len(answer.Items) != p.cases {
				t.Errorf("tupu %s gives %d cases, want %d", p.args, len(answer.Items), p.cases)
			}
		}
	}
}

func TestQuestionsOnTheExamples(t *testing.T) {
	golden, err := filepath.Abs("../../../testdata/golden")
	if err != nil {
		t.Fatal(err)
	}
	inTestdata(t)
	if status, _, stderr := call("build", "testdata/reports", "--manifest", "testdata/manifest.csv"); status != statusDone {
		t.Fatalf("build: status %d\n%s", status, stderr)
	}
	for _, q := range questions {
		t.Run(q.golden, func(t *testing.T) {
			status, got, stderr := call(append(q.args, "-o", "table")...)
			if status != statusDone {
				t.Fatalf("status %d: %s", status, stderr)
			}
			file := filepath.Join(golden, q.golden+".txt")
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("tupu %s (-want +got):\n%s", strings.Join(q.args, " "), diff)
			}
		})
	}
}

// evidenceStands walks all evidence of a store: the quote is the stored text at its code points, and the stored text of a file
// in UTF-8 is the file itself.
func evidenceStands(t *testing.T, db string) {
	t.Helper()
	s, err := store.Open(db)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	texts := map[graph.ID][]rune{}
	for d, err := range s.Documents() {
		if err != nil {
			t.Fatal(err)
		}
		full, err := s.Document(d.ID)
		if err != nil {
			t.Fatal(err)
		}
		texts[d.ID] = []rune(full.Text)
		if path := d.Paths[0]; d.Format == "text" && d.Charset == "utf-8" && !strings.Contains(path, "!/") {
			file, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if string(bytes.TrimPrefix(file, []byte("\xEF\xBB\xBF"))) != full.Text {
				t.Errorf("%s: the stored text is not the file", path)
			}
		}
	}
	walked := 0
	for e, err := range s.AllEdges() {
		if err != nil {
			t.Fatal(err)
		}
		evidence, err := s.Evidence(e)
		if err != nil {
			t.Fatal(err)
		}
		if len(evidence) == 0 {
			t.Errorf("%s %s %s has no evidence", e.From, e.Type, e.To)
		}
		for _, ev := range evidence {
			if ev.Source != graph.FromText {
				continue
			}
			walked++
			text := texts[ev.Doc]
			if ev.Start < 0 || ev.Start >= ev.End || ev.End > len(text) {
				t.Errorf("%s %s %s: code points %d to %d of %s, which has %d", e.From, e.Type, e.To, ev.Start, ev.End, ev.Doc, len(text))
			} else if at := string(text[ev.Start:ev.End]); at != ev.Quote {
				t.Errorf("%s %s %s: the quote is %q, the text there %q", e.From, e.Type, e.To, ev.Quote, at)
			}
		}
	}
	if walked < 500 {
		t.Errorf("only %d evidences walked", walked)
	}
}

func TestEvidenceStandsInTheExamples(t *testing.T) {
	inTestdata(t)
	if status, _, stderr := call("build", "testdata/reports", "--manifest", "testdata/manifest.csv"); status != statusDone {
		t.Fatalf("build: status %d\n%s", status, stderr)
	}
	evidenceStands(t, "tupu.db")
}

// realReports changes to a folder with a copy of reports of three districts that are not part of this repository.
func realReports(t *testing.T) {
	t.Helper()
	shared := os.Getenv("TUPU_SHARED")
	if shared == "" {
		t.Skip("TUPU_SHARED does not name the folder of the corpora")
	}
	t.Chdir(t.TempDir())
	if err := os.CopyFS("reports", os.DirFS(filepath.Join(shared, "corpus/reports"))); err != nil {
		t.Fatal(err)
	}
}

func TestRealReports(t *testing.T) {
	realReports(t)
	if status, _, stderr := call("build", "reports"); status != statusDone {
		t.Fatalf("build: status %d\n%s", status, stderr)
	}
	evidenceStands(t, "tupu.db")

	s, err := store.Open("tupu.db")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]string{}
	for d, err := range s.Documents() {
		if err != nil {
			t.Fatal(err)
		}
		about, err := json.Marshal([]any{d.Area, d.Year, d.PlanYear, d.Date})
		if err != nil {
			t.Fatal(err)
		}
		known[d.Paths[0]] = string(about)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"reports/taishang.txt": `["泉州台商投资区",2023,2024,"2024-01-11"]`,
		"reports/quangang.txt": `["泉港区",2023,2024,"2023-12-27"]`,
		"reports/fengze.txt":   `["丰泽区",2024,2025,"2024-12-27"]`,
	}
	if diff := cmp.Diff(want, known); diff != "" {
		t.Errorf("what is known of the documents (-want +got):\n%s", diff)
	}

	_, out, _ := call("ask", "shared", "--type", "all", "-o", "json")
	var answer struct {
		Items []struct {
			Group string
			Name  string
			Areas []struct{ Name string }
		}
	}
	if err := json.Unmarshal([]byte(out), &answer); err != nil {
		t.Fatal(err)
	}
	groups := map[string][]string{}
	for _, item := range answer.Items {
		groups[item.Group] = append(groups[item.Group], item.Name)
	}
	if diff := cmp.Diff([]string{"百崎大桥", "金屿大桥", "黎明职业大学"}, groups["shared"]); diff != "" {
		t.Errorf("named in several districts (-want +got):\n%s", diff)
	}
}

// TestRecognition holds the names found in the three reports against those that people marked.
func TestRecognition(t *testing.T) {
	realReports(t)
	right, found, gold := 0, 0, 0
	for _, name := range []string{"taishang", "quangang", "fengze"} {
		_, out, _ := call("extract", "reports/"+name+".txt", "-o", "jsonl")
		byHand := names(t, filepath.Join("reports", name+".gold.jsonl"))
		for n := range namesIn(t, out) {
			found++
			if byHand[n] {
				right++
			}
		}
		gold += len(byHand)
	}
	precision, recall := float64(right)/float64(found), float64(right)/float64(gold)
	f1 := 2 * precision * recall / (precision + recall)
	t.Logf("precision %.3f, recall %.3f, F1 %.3f", precision, recall, f1)
	if precision < 0.70 || f1 < 0.45 {
		t.Errorf("precision %.3f, F1 %.3f: at least 0.70 and 0.45 are asked", precision, f1)
	}
}

type foundName struct {
	Start, End int
	Type       string
}

func names(t *testing.T, file string) map[foundName]bool {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return namesIn(t, string(data))
}

func namesIn(t *testing.T, lines string) map[foundName]bool {
	t.Helper()
	all := map[foundName]bool{}
	scanner := bufio.NewScanner(strings.NewReader(lines))
	for scanner.Scan() {
		var n foundName
		if err := json.Unmarshal(scanner.Bytes(), &n); err != nil {
			t.Fatal(err)
		}
		all[n] = true
	}
	return all
}

// TestBadInputs gives good reports together with everything that can be wrong with a file.
func TestBadInputs(t *testing.T) {
	inTestdata(t)
	bad := "testdata/bad"
	write := func(name string, data []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(bad, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("一行百兆.txt", bytes.Repeat([]byte("百兆一行"), 100<<20/12))
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	w, err := z.Create("炸弹.txt")
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for range 60 {
		if _, err := w.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	write("炸弹.zip", bomb.Bytes())
	for link, target := range map[string]string{"循环": ".", "无尽.txt": "/dev/zero", "外面.txt": "/etc/hostname", "无处.txt": "gone"} {
		if err := os.Symlink(target, filepath.Join(bad, link)); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"一行百兆.txt", "炸弹.zip!/炸弹.txt", "循环", "无尽.txt", "外面.txt", "无处.txt"}
	if os.Getuid() != 0 { // root may read everything
		write("不许读.txt", []byte("不许读的报告"))
		if err := os.Chmod(filepath.Join(bad, "不许读.txt"), 0); err != nil {
			t.Fatal(err)
		}
		want = append(want, "不许读.txt")
	}
	want = append(want, "空文件.txt", "只有空白.txt", "二进制.txt", "图片改名.html", "改名的PDF.txt", "截断的UTF-16.txt", "没有正文.html", "截断.zip", "加密.zip", "层层嵌套.zip")

	status, _, stderr := call("build", "testdata/reports", bad, "--manifest", "testdata/manifest.csv")
	if status != statusSkipped {
		t.Errorf("status %d, want %d", status, statusSkipped)
	}
	for _, name := range want {
		named := false
		for line := range strings.Lines(stderr) {
			rest, ok := strings.CutPrefix(line, "skipped "+bad+"/"+name)
			named = named || ok && strings.Count(rest, ": ") >= 2 // reason and advice
		}
		if !named {
			t.Errorf("%s is not named with reason and advice", name)
		}
	}
	if t.Failed() {
		t.Logf("standard error:\n%s", stderr)
	}
	_, out, _ := call("info", "-o", "json")
	if !strings.Contains(out, `"documents": 18`) {
		t.Errorf("not the 18 good documents: %s", out)
	}
	if _, out, _ := call("verify"); strings.Count(out, "\n") > 1 {
		t.Errorf("verify finds:\n%s", out)
	}
	if status, _, _ := call("build", bad, "--db", "bad.db"); status != statusError {
		t.Errorf("nothing but bad inputs: status %d, want %d", status, statusError)
	}
}
