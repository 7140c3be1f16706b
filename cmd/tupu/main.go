// Command tupu turns a folder of Chinese local-government and business reports into a knowledge graph whose every edge leads
// back to the sentence that it stands on.
package main

import (
	"os"

	"github.com/tupu-kg/tupu/cmd/internal/cli"
)

func main() {
	delayCollection()
	os.Exit(cli.Main(os.Args[1:], cli.System()))
}
