package cli

import (
	"bytes"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// shells are those that there is a script for.
var shells = []string{"bash", "zsh", "fish", "powershell"}

func newCompletion(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "print the script that completes commands and names in a shell",
		Long: `Completion prints a script for bash, zsh, fish or powershell. With it the Tab key completes commands, flags, and the names in
the graph, which may be typed in part, in either script, in pinyin or by its initials: tupu show rongyu<Tab>. Fish alone leaves out what does not hold the typed letters,
and with it what pinyin found.

  bash        source <(tupu completion bash)               in ~/.bashrc; needs the package bash-completion
  zsh         source <(tupu completion zsh)                in ~/.zshrc, after compinit
  fish        tupu completion fish > ~/.config/fish/completions/tupu.fish
  PowerShell  tupu completion powershell | Out-String | Invoke-Expression     in $PROFILE`,
		Example: `  tupu completion bash
  tupu completion powershell`,
		Args:      exactly(1, "a shell: "+strings.Join(shells, ", ")),
		ValidArgs: shells,
		RunE: func(c *cobra.Command, args []string) error {
			var b bytes.Buffer
			var err error
			root := c.Root()
			switch args[0] {
			case "bash":
				err = root.GenBashCompletionV2(&b, true)
			case "zsh":
				err = root.GenZshCompletion(&b)
			case "fish":
				err = root.GenFishCompletion(&b, true)
			case "powershell":
				err = root.GenPowerShellCompletionWithDesc(&b)
			default:
				message := a.words.say("unknown shell %q", args[0])
				if near := nearShell(args[0]); near != "" {
					message += a.words.say(": did you mean %s?", near)
				}
				return usagef(c, "%s", message)
			}
			if err != nil {
				return err
			}
			_, err = a.Out.Write([]byte(unfiltered(args[0], b.String())))
			return err
		},
	}
}

// nearShell is the shell that was probably meant.
func nearShell(name string) string {
	switch strings.ToLower(name) {
	case "pwsh", "ps", "ps1", "posh", "windows":
		return "powershell"
	case "sh", "dash", "git-bash":
		return "bash"
	}
	best := slices.MinFunc(shells, func(x, y string) int { return distance(name, x) - distance(name, y) })
	if distance(name, best) > 2 {
		return ""
	}
	return best
}

// unfiltered lets a script offer names that do not begin with what was typed, as they do not when it is pinyin: cobra's
// scripts drop these. What begins with a letter of ASCII (commands, flags) is filtered as ever.
func unfiltered(shell, script string) string {
	switch shell {
	case "bash":
		return strings.Replace(script, `[[ $comp == "$cur"* ]] || continue`, `[[ $comp == "$cur"* || ${compline:0:1} == [!\ -~] ]] || continue`, 1)
	case "zsh":
		return strings.NewReplacer(`        if eval _describe $keepOrder "completions" completions $flagPrefix $noSpace`, `        local everyMatch=""
        [[ "${completions[1]}" == [^\ -~]* ]] && everyMatch="-U"
        if eval _describe $keepOrder "completions" completions $flagPrefix $noSpace $everyMatch`).Replace(script)
	case "powershell":
		return strings.Replace(script, `$_.Name -like "$WordToComplete*"`, `$_.Name -like "$WordToComplete*" -or $_.Name -match '^[^ -~]'`, 1)
	}
	return script // fish filters by itself what is offered, and takes what holds the typed letters only
}
