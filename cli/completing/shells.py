"""The shells that can ask, and the scripts by which they do.

A script asks the command that is being typed, so it need not change when the command does. What
goes wrong there is not shown: it would stand in the middle of what is being typed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    FishComplete,
    ShellComplete,
    ZshComplete,
)

VARIABLE = "_ANSWERABLE_COMPLETE"
"""The variable by which a shell asks: `bash_complete`."""

BASH = r"""# Completion of answerable in bash. Made by `answerable completion bash`.
%(complete_func)s() {
    local type value title width=0 i
    local -a values=() titles=()
    COMPREPLY=()
    while IFS=$'\t' read -r type value title; do
        case $type in
            dir) compopt -o dirnames 2>/dev/null ;;
            file) compopt -o default 2>/dev/null ;;
            plain)
                values+=("$value")
                titles+=("$title")
                ((${#value} > width)) && width=${#value}
                ;;
        esac
    done < <(IFS=$'\n'; env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD \
        %(complete_var)s=bash_complete "$1" 2>/dev/null)
    # Where bash lists them and inserts none, each stands with its title.
    if [[ ${#values[@]} -gt 1 && $COMP_TYPE == 63 ]]; then
        for i in "${!values[@]}"; do
            printf -v value "%%-${width}s  %%s" "${values[i]}" "${titles[i]}"
            value=${value:0:${COLUMNS:-80}}
            COMPREPLY+=("${value%%"${value##*[! ]}"}")
        done
    else
        COMPREPLY=("${values[@]}")
    fi
}
complete -o nosort -F %(complete_func)s %(prog_name)s 2>/dev/null ||
    complete -F %(complete_func)s %(prog_name)s
"""

ZSH = r"""#compdef %(prog_name)s
# Completion of answerable in zsh. Made by `answerable completion zsh`.
%(complete_func)s() {
    local -a plain titled response
    local type value title
    (( ! $+commands[%(prog_name)s] )) && return 1
    response=("${(@f)$(env COMP_WORDS="${(F)words}" COMP_CWORD=$((CURRENT-1)) \
        %(complete_var)s=zsh_complete %(prog_name)s 2>/dev/null)}")
    for type value title in "${response[@]}"; do
        case $type in
            plain)
                if [[ $title == _ ]]; then plain+=("$value"); else titled+=("$value:$title"); fi ;;
            dir) _path_files -/ ;;
            file) _path_files -f ;;
        esac
    done
    (( $#titled )) && _describe -V unsorted titled -U
    (( $#plain )) && compadd -U -V unsorted -a plain
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""

FISH = r"""# Completion of answerable in fish. Made by `answerable completion fish`.
function %(complete_func)s
    for line in (env COMP_WORDS=(commandline -cp) COMP_CWORD=(commandline -t) \
            %(complete_var)s=fish_complete %(prog_name)s 2>/dev/null)
        set -l told (string split -m 1 \t -- $line)
        switch $told[1]
            case dir
                __fish_complete_directories (commandline -ct)
            case file
                __fish_complete_path (commandline -ct)
            case plain
                echo $told[2]
        end
    end
end
complete --no-files --keep-order --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


class Bash(BashComplete):
    """Bash, from 3.2 on: it shows titles where it lists what a word may become."""

    source_template = BASH

    def source(self) -> str:
        """Return the script."""
        return ShellComplete.source(self)

    def get_completion_args(self) -> tuple[list[str], str]:
        """Return the words before the one at the cursor, and that one.

        Bash makes a word of its own of each `=`.
        """
        args, word = super().get_completion_args()
        return [each for each in args if each != "="], "" if word == "=" else word

    def format_completion(self, item: CompletionItem[Any]) -> str:
        """Return a line: what sort it is, what the word may become, its title."""
        return f"{item.type}\t{item.value}\t{_line(item.help)}"


class Zsh(ZshComplete):
    """Zsh, which shows titles itself."""

    source_template = ZSH

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return three lines: what sort it is, what the word may become, its title or `_`."""
        value = item.value.replace(":", r"\:") if item.help else item.value
        return f"{item.type}\n{value}\n{_line(item.help) or '_'}"


class Fish(FishComplete):
    """Fish, which shows titles itself."""

    source_template = FISH

    def format_completion(self, item: CompletionItem[str]) -> str:
        """Return a line: what sort it is, what the word may become, its title."""
        return f"{item.type}\t{item.value}\t{_line(item.help)}".rstrip("\t")


SHELLS: Mapping[str, type[ShellComplete]] = {"bash": Bash, "zsh": Zsh, "fish": Fish}
"""The shells, by the names that their scripts ask under."""


def script(shell: str) -> str:
    """Return the script by which a shell learns to ask."""
    return SHELLS[shell](click.Command("answerable"), {}, "answerable", VARIABLE).source()


def _line(title: str | None) -> str:
    return " ".join((title or "").split())
