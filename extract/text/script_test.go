package text_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/tupu-kg/tupu/extract/text"
)

func TestFoldScripts(t *testing.T) {
	checkFolds(t, []foldCase{
		{"simplified stays", "南港轴承厂二期投产。", "南港轴承厂二期投产。", "南港轴承厂", "南港轴承厂"},
		{"traditional", "臺灣青禾電機與廈門藍鯨紡織簽約。", "台湾青禾电机与厦门蓝鲸纺织签约。", "厦门蓝鲸纺织", "廈門藍鯨紡織"},
		{"both in one line", "台湾雲杉機械落户泉港区", "台湾云杉机械落户泉港区", "云杉机械", "雲杉機械"},
		{"variants of Taiwan and Hong Kong", "裏面、裡邊、衆人、羣島、群眾", "里面、里边、众人、群岛、群众", "众人、群岛", "衆人、羣島"},
		{"two characters with one form", "頭髮與發展，麵粉與面板", "头发与发展，面粉与面板", "发展", "發展"},
		{"characters that simplified text has", "皇后、後來、后天", "皇后、后来、后天", "后来", "後來"},
		{"characters beyond the basic plane", "𠮷野與山", "𠮷野与山", "𠮷野与", "𠮷野與"},
		{"a character of two bytes fewer", "𠮷⼀與", "𠮷一与", "一与", "⼀與"},
	})
}

// TestFoldAmbiguous: a character that both scripts have is converted in a line of traditional text alone.
func TestFoldAmbiguous(t *testing.T) {
	checkFolds(t, []foldCase{
		{"traditional line", "乾燥設備與菸草", "干燥设备与烟草", "干燥设备", "乾燥設備"},
		{"simplified line", "乾县与昇腾产业园", "乾县与昇腾产业园", "乾县", "乾县"},
		{"each line by itself", "乾燥設備\n乾县产业", "干燥设备\n乾县产业", "乾县", "乾县"},
		{"a line of neither script by the whole text", "乾州\n昇平\n这里发展", "乾州\n昇平\n这里发展", "昇平", "昇平"},
		{"the same in traditional text", "昇平\n這裏發展", "升平\n这里发展", "升平", "昇平"},
		{"a text of neither script is traditional", "昇平", "升平", "升平", "昇平"},
		{"simplified outweighs", "园区东侧與乾县", "园区东侧与乾县", "乾县", "乾县"},
		{"traditional outweighs", "乾燥設備與产业", "干燥设备与产业", "干燥设备", "乾燥設備"},
		{"surname and clock", "鍾先生的鐘錶", "钟先生的钟表", "钟先生", "鍾先生"},
	})
}

// TestFoldPhrases: some words are not what their characters make.
func TestFoldPhrases(t *testing.T) {
	checkFolds(t, []foldCase{
		{"kept in traditional text", "乾隆、乾安縣、著名廠商", "乾隆、乾安县、著名厂商", "乾安县", "乾安縣"},
		{"the longest one", "瞭解與瞭望", "了解与瞭望", "了解", "瞭解"},
		{"kept where nothing tells the script", "乾坤、名著", "乾坤、名著", "名著", "名著"},
		{"converted as a whole", "反覆、回覆、傢俱廠", "反复、回复、家具厂", "家具厂", "傢俱廠"},
		{"in simplified text, by a character of traditional alone", "乾安縣与东侧园区", "乾安县与东侧园区", "乾安县", "乾安縣"},
		{"left alone in simplified text", "意志消沈的产业", "意志消沈的产业", "消沈", "消沈"},
		{"converted where nothing tells the script", "意志消沈", "意志消沉", "消沉", "消沈"},
		{"one that begins another", "天色陰沈沈，陰沈", "天色阴沉沉，阴沉", "阴沉沉", "陰沈沈"},
		{"broken by an invisible character", "乾\u200b隆與", "干隆与", "干隆", "乾\u200b隆"},
	})
}

// TestFoldManyLines: the script of a line does not depend on how many came before. 昇平 tells none, and 县产业 outweighs 設備.
func TestFoldManyLines(t *testing.T) {
	source := strings.Repeat("乾燥設備\n乾县产业\n昇平\n", 100)
	want := strings.Repeat("干燥设备\n乾县产业\n昇平\n", 100)
	if diff := cmp.Diff(want, text.Fold(source).Text); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
