// Command tupu turns a folder of Chinese local-government and business reports into a knowledge graph whose every edge leads
// back to the sentence that it stands on.
package main

import (
	"os"
	"slices"

	"github.com/tupu-kg/tupu/cmd/internal/cli"
)

// recognising are the commands that load the recogniser.
var recognising = []string{"extract", "build", "eval", "train"}

func main() {
	if len(os.Args) > 1 && slices.Contains(recognising, os.Args[1]) {
		largePages()
	}
	delayCollection()
	os.Exit(cli.Main(os.Args[1:], cli.System()))
}
