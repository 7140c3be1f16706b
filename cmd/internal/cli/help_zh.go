package cli

// longChinese are the long helps of commands in Chinese, by the path of the command. The English ones are told in full; where one
// changes, the other does.
var longChinese = map[string]string{
	"tupu build": `读入所给路径下的文件、文件夹和 ZIP 压缩包，建成图：文本、网页（.html、.mht）、PDF、Word（.docx）、Excel（.xlsx）、
文本表格（.csv）、邮件（.eml）及其附件。读过而没有变化的不再读；图中其他文件保留。读不了的文件会列出原因和办法，
其余照常建图，这时退出状态为 3。

加 --trace 时，小结会写明重新归并了多少组相连的名称、重写了多少份文件的关系：新增一份文件只花它所涉及部分的功夫，
结果与从头建图完全相同。

标题、地区、日期和年份都从文件中读出；文件里没有写标题、地区或年份的，看文件名（2023年芗城区政府工作报告.pdf）。
读不出的会说明，不会猜：请写在清单里。清单是 CSV 文件，列名为 path、title、area、year、plan_year、url，除 path 外都可空缺。
path 就是建图时显示的路径。清单只对当次建图有效，每次都要给。

旧格式和其他软件的文件（.doc、.wps、.rtf、.xls）以及扫描件会跳过，并说明办法。加 --convert 时，如果装有 LibreOffice
（soffice）、Poppler（pdftotext、pdftoppm）和 tesseract，就请它们转换；从图片识别的文字可能有错字。

要专门查找的名称可以写成名单，附上你自己的编号（tupu help names）。每次建图都相同的设置可以写在 tupu.toml 里，
之后不带路径也能建图（tupu help project）。

小结输出到标准错误；加 -o 则按所选格式输出到标准输出。`,
	"tupu ask": "回答一个关于整张图的现成问题。用“tupu help ask 问题名”查看某个问题的说明。",
	"tupu find": `列出含有所给文字的名称，简体繁体、全角半角都可以：先列完全相同的，再列以它开头的，再按文件数排列。也可以用拼音（rongyu）、
首字母（rysp），或拼音与汉字混写（榕yu）查找。没有相符的名称时，列出读音相近或只差一个错字的，“方式”一列会注明。
要查句子里的字词，请用 search。`,
	"tupu search": "列出含有所给文字的句子，简体繁体、全角半角都可以，按文件日期排列；没有识别出名称的句子也在内。",
	"tupu show": `汇总图中关于一个名称的全部内容：别名，在何时何地出现，报告怎么说它，和谁一同出现，每条附原句和出处。
可以写它的任何一个名称（简繁均可）、只有它才有的一部分，或它的 id。`,
	"tupu cite": `给出引用格式的出处：发布机构、标题、日期、页或行、网址和所引的原文。文件可用路径、路径的末尾、标题或 id 指明；
文件中的位置按其他回答里的写法：report.txt:15 是第 15 行，page.html:¶4 是第 4 段，file.pdf:p3 是第 3 页。
给的是名称时，逐份列出提到它的文件，各引一句。

网址来自清单（tupu help build）或网页本身。不知道的项目省略。加 -o json 则逐项输出。`,
	"tupu query": `用 openCypher 查询这张图。不写查询语句时，在终端里进入交互界面，在别处则从标准输入读取。

标签：Enterprise 企业、Project 项目、Place 地点、Organization 机构、Person 人物、Honour 荣誉、Document 文件。关系和实体都带着证据
（r.evidence）。图只读不写。“tupu help cypher”列有调查中常用的查询。-f 从文件读取查询，--param 给出参数的值。`,
	"tupu review": `逐对显示可能是同一个而没有合并的名称，最可能的在先：每屏一对，并列两边的情况和原句。你回答：

  y  相同          n  不同          u  不确定：以后不再问
  s  跳过          b  上一对：撤回刚才的回答重新问
  m  多看一些                       q  退出

每次回答立即写下，最后更新图。随时可以停下：答过的不再问；跳过的在最后再问一次，下次还会出现。

不在终端里，或加 -o 时，只列出这些对。-o jsonl 每行一对；给它加上键 "answer"（same、different 或 unsure，需要时加 "note"），
再用 --answers 读回。没有回答的行略过：

  tupu review -o jsonl > pairs.jsonl
  jq -c 'select(.score >= 0.9) + {answer: "same"}' pairs.jsonl | tupu review --answers -

判断是图旁边 judgements.jsonl 里的一行（--judgements 可另指文件）。它按文件里的写法说名称，所以新增或替换文件、
从头重建后都有效，并且优先于一切规则。图随即更新。tupu undo 撤回，tupu judgements 列出全部。`,
	"tupu same": `判断：两个名称是同一个。它们合并为一，名称和证据都保留。和 show 一样，可以写任何一个名称、只有它才有的一部分，或 id；
判断按文件里最完整的名称写下。
` + judgementChinese,
	"tupu different": `判断：两个名称不是同一个。已经合并的就分开，任何规则都不会再合并它们。要分开合并了的，请写文件里的两种写法，例如全称和
简称。一个名称在不同的地方指不同的对象时，用 split 分开个别位置。
` + judgementChinese,
	"tupu unsure": `判断：看过了，无法确定。图不变，但 review 不再问。以后的 same 或 different 会取代它。
` + judgementChinese,
	"tupu drop": `判断：这是误识的名称。凡文件里有它的地方都去掉，关于它的说法一并去掉。文件保留，search 仍能查到这些字。
指的是该对象的全部名称；加 --only 时只是所给的这一个。
` + judgementChinese,
	"tupu rename": `改一个对象显示的名称。它的其他名称仍然指向它；id 不变，因为 id 由文件里的写法而来。
` + judgementChinese,
	"tupu retype": `改一个对象的类型，凡文件里提到它的地方都改：enterprise 企业、project 项目、place 地点、organization 机构、person 人物、
honour 荣誉。它的全部名称一同改变，仍是一个；加 --only 时只改所给的这一个，并与其余的分开。
` + judgementChinese,
	"tupu split": `判断：在所给的位置，这个名称指的不是别处所指的那个：两个人同名，两所学校同名。那里所指的成为单独的一个，所给的各处合为一个；
之后可以用 rename 改名以示区别，或用 same 并入它真正所指的那个。位置可以是一个文件（整份），或其中的一行（文件:11）、一段
（文件:¶4），与“tupu show 名称 -v”显示的写法相同。
` + judgementChinese,
	"tupu judgements": `列出有效的判断，早的在先，并注明各涉及本图多少份文件。涉及 0 份的，说的是手头文件里没有（或该地区没有）的名称：
没有坏处，将来有了这样的文件就起作用。加 --all 时，连同被后来的判断取代的和撤回的一并列出。

图旁边的 judgements.jsonl 可以与人共享。它只增行，行的次序无关：在 git 里，于 .gitattributes 写上
“judgements.jsonl merge=union”，几个人的判断就会自动合并。关于同样名称的两个判断，以后一个为准。取用别人的文件后，
用 --apply 更新图；每次建图也会更新。`,
	"tupu undo": `撤回你最近的一个判断，或用哈希值（或其开头）指明的判断，见 tupu judgements；同一命令写下的一并撤回，除非加 --only。
撤回也是增加一行，不删除任何行，所以几个人的文件可以合并。被取代的判断重新生效。撤回本身也可以用它的哈希值撤回。`,
	"tupu rank": `按联系的情况排列名称，并注明各自的联系依据几份文件、几个地区：只依据一份文件的高名次，说的是那份文件，不是实情。

  degree       与多少个不同的名称有联系
  strength     同上，加权：一句话里名称越多，分量越轻
  pagerank     与联系多的名称有联系
  eigenvector  同上而不设限：最大一群的中心
  hub          指向众多对象所指向的：承担热门项目的企业
  authority    被这样的对象指向
  closeness    离所有名称都近
  harmonic     同上，适用于分成几块的图
  betweenness  处在其他名称之间最短的路上
  cut          少了它别的就断开：有多少名称只靠它连着
  core         处在多深的密集处
  triangles    它的联系人之间也有联系的对数
  clustering   这样的对数所占的比例
  broker       联系分布在几个群之间

报告明说的关系权重为 1，一句话里同时提到的名称越多权重越轻。计算时看全部名称，--type 只影响列出哪些。
名称超过 20,000 个时 betweenness 为估计值，回答会说明误差。`,
	"tupu communities": `把名称分成若干群，使群内联系多、群间联系少（Louvain 算法）。每群注明内部联系依据几份文件、哪些地区；每个名称注明
在群内联系有多强，以及联系在各群之间分布得有多均匀（broker）。人人都有联系的名称（tupu ask hubs）不计入，除非加 --with-hubs。
加 --parts 时，分的是彼此完全没有联系的各块。群只是线索，不是事实。`,
	"tupu links": `列出两个名称之间的联系，各注明依据的文件和地区，并附一句原文。

  bridge       只靠它连接两部分的联系，按每一侧挂着多少名称
  skeleton     把各部分连在一起所需的最少的联系，取最多文件说到的
  surprise     在文件中一同出现多于偶然的名称

人人都有联系的名称（tupu ask hubs）不计入，除非加 --through-hubs。surprise 高于 10.8 的，偶然情况下千次才有一次；
文件少时什么都不足为奇。tupu rank --by cut 列出别的名称靠它连着的名称，tupu communities --parts 列出互不相连的各块。`,
	"tupu path": `找出两个名称之间最可靠的联系，每一步附原句。报告明说的关系比只在一句话里同时出现更近；加 --by-evidence 时，更多文件说到的更近。
不经过人人都有联系的名称（tupu ask hubs 可列出），除非加 --through-hubs。`,
	"tupu ego": `列出在所给步数内与一个名称有联系的名称，注明依据几份文件、几个地区。对一同出现的名称，说明是否多于偶然：times 是偶然情况的
多少倍，surprise 是对数似然比（高于 10.8 的，偶然情况下千次才有一次；文件少时什么都不足为奇）。不从人人都有联系的名称
（tupu ask hubs）继续往外走，除非加 --through-hubs。最后列出与它没有联系、但有共同联系人的名称：只是线索，不是事实。

用“tupu show 名称”查看原句。`,
	"tupu diff": `比较两个年份或两个地区的文件各说了什么：只有一方有的名称和联系。--with 与另一张图比较，例如上个月的
（tupu diff --with last-month.db）：已经没有的只在那一张里。

一方没有的，是它的文件里没有，不是实际没有。最后一行说明各方有几份文件。`,
	"tupu remove": `从图中去掉文件：可写建图时显示的路径、id 或标题。之后的图与没有这些文件时建的图相同。内容完全相同的文件算一份，
各处路径一并去掉。文件本身不动；下次对所在文件夹建图时会重新读入。`,
	"tupu import": `读入 tupu export --format jsonl 写出的文件：其中的文件、识别的内容和判断进入图中并重新归并。读入空图则恢复出相同的图，
读入已有的图则两者合并。原文件不必在本机。

已有的文件保持不变。路径与这里另一份文件相同的，改为“文件!/路径”。判断加入判断文件。不能用的行会指明并略过，
这时退出状态为 3。`,
	"tupu extract": `列出文件、文件夹和 ZIP 压缩包里识别出的名称或陈述，不建图、不保存：用于检验，或供只需要名称的程序使用。默认输出 JSON 行，
-o 可选其他格式。位置按所存文本的字符（码点）计，文本文件即解码后去掉 BOM 的内容；结束位置不含在内。`,
	"tupu verify": `通读整张图，检查应当成立的各项：每处引文与原文该处相同，每条关系有证据和两端，每个名称指向它的实体，每一部分有所属。
发现的问题逐条列出，退出状态为 1；没有问题则没有输出。`,
	"tupu ask changed-amounts": "列出几份文件对同一项给出不同数字的对象：总额、面积、产能。",
	"tupu ask conflicts": `列出一份文件说已建成而另一份说没有的，以及几个地区都报告进度的项目。道路、铁路、河流和桥梁经过哪里，哪里都可以报告，
不在此列。`,
	"tupu ask coverage": `列出每个地区手头的文件回顾哪些年份、计划哪些年份。这之外的无从回答：文件里没有，不等于实际没有。`,
	"tupu ask delivery": `按地区统计某年计划承诺了什么、结果如何（口径同 promises）。没有更晚的报告、无从得知的单独列出，不计入兑现率。`,
	"tupu ask denied":   `列出原句说没有做到的（未能按时开工、尚未合龙），并列出关于同一对象的各阶段：先列仍有人报告已做到的，再列曾经承诺的。`,
	"tupu ask families": "列出企业以及文件说属于它的部分。只是字号相同的企业另外列出：是线索，不是事实。",
	"tupu ask gone":     `列出一个地区的文件在前一年提到、当年及以后都不再提到的。手头的文件里没有，不等于当地没有。`,
	"tupu ask hubs": `列出文件所代表的地区、包含这些地区的上级地方，以及更高职务的人物。什么都与它们有联系，所以两个名称都与它们有联系
说明不了什么：ask shared 把它们另列，path 绕开它们。`,
	"tupu ask lone-source": "列出企业、机构和项目的关系中只有一份文件的一句话说到的。",
	"tupu ask money": `把文件中单个项目的金额相加：总投资、年度计划、已完成。同一笔钱无论几份文件重复，只算一次。
几个项目合计的、目标值、不精确的，以及已计入者的一部分，不计入，另外列出并说明原因。`,
	"tupu ask new":   "列出一个地区的文件在某年提到而以前没有提到的。需要有前一年的文件；没有则回答无从得知。",
	"tupu ask parks": "列出园区和其中的企业（位于其中，或与它在一句话里同时出现），限于几个区县都提到这些企业的园区。",
	"tupu ask phantoms": `列出至少两份文件承诺过、却没有报告开工的，尽管手头有该地区此后年份的文件。这些是值得查的对象：开工也可能写在
手头没有的文件里，或用了别的名称。`,
	"tupu ask place": `列出一个地方有什么，以文件或行政区划所说为准；如果有报告代表这个地区，也列出这些报告提到的。`,
	"tupu ask promises": `比较计划对某年的承诺与此后文件的报告：已兑现、晚于承诺兑现、正在推进、再次承诺、已停止，或“此后手头的报告里没有”。
最后一种不是结论：手头的文件没有说到，也可能已经做了。没有该地区更晚的文件时，无从得知。`,
	"tupu ask repeated": "列出几个年份的计划都承诺的，先列再次承诺同一阶段的。",
	"tupu ask responsible": `列出项目、地点和机构由谁负责，以原句为准：由…牵头、责任单位、牵头单位。要负责的事项没有自己的名称时，
列在报告所代表的地区之下。可以给出名称（项目或单位）。`,
	"tupu ask shared": `列出至少两个地区的文件都提到的，每个地区附一句原文。地区指区、县、县级市和有自己管理机构的开发区；
--level 可改为按市或省计算。

另列的有：这些地区本身、包含它们的上级地方、更高职务的人物，各地都有理由提到它们。只在更长的名称里出现的
（泉州师范学院附属小学里的泉州师范学院）也另列。`,
	"tupu ask shared-projects": "列出至少两个地区的文件都提到的项目。",
	"tupu ask status": `列出所建的各项，以及文件报告的最近阶段：前期、签约、开工、在建、封顶、竣工、投用、停工、取消。桥梁、学校和公园与项目一样计入。
“只有计划”指承诺过、而手头的文件没有报告任何阶段的。`,
	"tupu ask timeline":   "按所指的年份列出一个对象的阶段、金额和荣誉，照文件所说；互相矛盾的也保留。",
	"tupu ask who-builds": "列出企业和机构承担的项目，各附地点、金额和最近的阶段。",
	"tupu ask wording": `列出一个地区的计划中重复前一年计划的句子，两句并列，并给出相似度：相邻两字的组合中双方共有的比例，完全相同为 1。
达到 0.8 的列出。`,
	"tupu completion": `输出 bash、zsh、fish 或 PowerShell 的补全脚本。装好后按 Tab 键可补全命令、选项和图中的名称；名称可以只打一部分，简繁均可，
也可以打拼音或首字母：tupu show rongyu<Tab>。只有 fish 会去掉不含所打字母的，拼音查到的也因此去掉。

  bash        source <(tupu completion bash)               写入 ~/.bashrc；需要 bash-completion
  zsh         source <(tupu completion zsh)                写入 ~/.zshrc，在 compinit 之后
  fish        tupu completion fish > ~/.config/fish/completions/tupu.fish
  PowerShell  tupu completion powershell | Out-String | Invoke-Expression     写入 $PROFILE`,
	"tupu doctor": `按读取方（Gephi、Gephi Lite、networkx、Cytoscape、Neo4j、Aleph、Excel、rdflib）的规则检查 export 能写的各种格式的文件，
也可以是其他软件写的，指出谁会在哪里出错。文件夹或 ZIP 压缩包则检查其中认得的全部文件。发现问题时退出状态为 1。`,
	"tupu eval": `在标注过名称的文本上识别名称并与标注比较：每种类型的准确率（识别出的有多少是对的）、召回率（标注的有多少识别出来）和 F1，
训练文本（--seen）里没有的名称的召回率，什么被当成了什么，以及各个错误，最有把握的误识在先。

` + labelledChinese,
	"tupu train": `用标注过名称的文本训练模型：越多越好，越像要用的文本越好。你所在地区的五十页，加上 testdata/train 里的文本，就可以开始。
留出几页不参加训练，用 tupu eval 检验。build 和 extract 用 --model 使用这个模型。

同样的文本得到同样的模型，逐字节相同。十万字约需十秒。

` + labelledChinese,
	"tupu man": `为每个命令写一页手册，放进所给的文件夹（没有则新建），语言与提示相同。复制到手册路径下的 man1 文件夹，
例如 ~/.local/share/man/man1。`,
	"tupu export": `把图或其中一部分写成其他软件能读的格式。回答的格式（-o）在这里不适用。

  graphml   Gephi、Gephi Lite、Cytoscape、networkx、igraph
  gexf      Gephi，带年份时间轴、颜色、大小和位置
  csv       节点、关系和证据的表格
  gephi     节点和关系的表格，表头按 Gephi 的要求
  neo4j     供 neo4j-admin database import 使用的表格
  cypher    cypher-shell 的脚本
  ftm       FollowTheMoney 实体，供 Aleph 和 OpenSanctions
  jsonld    JSON-LD，带 PROV-O 陈述和 Web Annotation 选择器
  nt        同上，N-Triples 格式
  parquet   节点、关系和证据的表格，供 DuckDB、pandas、Spark
  markdown  每个实体一页卷宗，附索引
  svg       图片
  png       图片
  jsonl     全部内容：原文、识别结果、判断和图；供 tupu import 读入

单个文件输出到标准输出，除非 --out 指明；多个文件写入 --out 所指的文件夹，名称以 .zip 结尾则打成一个压缩包。
不写 --format 时看 --out 的后缀，一般是 graphml。

选取一部分的选项对各种格式相同，只有 jsonl 总是全部。--year 取关于这些年份的说法（计划中的也在内）和回顾这些年份的文件里的内容。
--ego 取一个名称和与它有联系的；到文件和人人都有联系的名称为止，不再往外。--query 取 Cypher 查询返回的实体、文件和关系
（没有返回关系时取实体之间的关系），--community 取 tupu communities 编号的一群，或某个名称所在的一群。几个选项同时用时，
取都符合的。

--score 把 tupu rank --by 对全图算出的值作为 score_… 列加入节点表（graphml、gexf、csv、gephi、neo4j、cypher、parquet）。
图片最多画 60 个实体，并注明总数：实线是报告明说的，虚线是计划的，点线表示在一句话里同时提到。`,
}

// labelledChinese says in what form marked texts come, see labelledHelp.
const labelledChinese = `标注过的文本是以下形式的文件，或含有它们的文件夹：

  NAME.txt，旁边有 NAME.gold.jsonl：文本，以及每个名称一行 {"start", "end", "type"}，按字符（码点）计
  只有 NAME.txt：名称直接标在文本里，如 {ENT:天辰化工}一期（ENT 企业、PRJ 项目、PLC 地点、ORG 机构、PER 人物）
  NAME.json 或 NAME.jsonl：一句一行，{"text", "label": {类型: {名称: [[首, 末]]}}}
  NAME.bio 或 NAME.conll：一字一行，附标签（B-、I-、E-、S-、O），句间空一行`

// judgementChinese says what all judgements have in common.
const judgementChinese = `
判断是图旁边 judgements.jsonl 里的一行（--judgements 可另指文件）。它按文件里的写法说名称，所以新增或替换文件、
从头重建后都有效，并且优先于一切规则。图随即更新。tupu undo 撤回，tupu judgements 列出全部。`
