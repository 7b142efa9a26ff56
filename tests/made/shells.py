"""Makes the completions for bash, zsh and fish from the arguments of the command line.

The libraries that do this (shtab, argcomplete) either part a name at its blanks or start Python
for every key; here Python is asked for the names of people and for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import Template

from tests.made.arguments import Argument, Command, Takes, commands

HEAD = "Completion of alongside for {}. Made from tui/cli.py by python -m tests.pages."


def completions() -> dict[str, str]:
    """Return the file for each shell."""
    program, *rest = commands()
    return {
        "bash": bash(program, tuple(rest)),
        "zsh": zsh(program, tuple(rest)),
        "fish": fish(program, tuple(rest)),
    }


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _options_with_values(program: Command, rest: tuple[Command, ...]) -> tuple[str, ...]:
    """Return all options after which a word is theirs."""
    options = (option for command in (program, *rest) for option in command.options)
    return tuple(
        sorted({flag for o in options if o.takes is not Takes.NOTHING for flag in o.flags})
    )


def _top(rest: tuple[Command, ...]) -> tuple[Command, ...]:
    return tuple(command for command in rest if len(command.words) == 1)


def _within(command: Command, rest: tuple[Command, ...]) -> tuple[Command, ...]:
    """Return the commands within a command."""
    return tuple(c for c in rest if len(c.words) == 2 and c.words[:1] == command.words)


# -- bash ----------------------------------------------------------------------------------

BASH = Template("""\
# $head

# Say which of the words in $$2 begin with $$1.
_alongside_words() {
    while IFS= read -r line; do COMPREPLY+=("$$line"); done < <(compgen -W "$$2" -- "$$1")
}

# Say which people's names begin with $$1, case aside; quoted, for a name may hold anything.
_alongside_people() {
    local plain=$${1//\\\\/} quote=''
    if [[ $$1 == [\\"\\']* ]]; then quote=1 plain=$${plain:1}; fi
    while IFS= read -r line; do COMPREPLY+=("$$line"); done < <(
        shopt -s nocasematch
        alongside completion --names "$${journal[@]}" 2>/dev/null | while IFS= read -r line; do
            if [[ $$line != "$$plain"* ]]; then continue; fi
            if [[ ! $$quote ]]; then
                printf '%q\\n' "$$line"
            elif [[ $$line != *[\\$$\\`\\"\\'\\\\!]* ]]; then
                printf '%s\\n' "$$line"
            fi
        done
    )
}

# Let bash complete files, or folders.
_alongside_files() { compopt -o default 2>/dev/null; }
_alongside_folders() { compopt -o dirnames 2>/dev/null; }

_alongside() {
    local word=$${COMP_WORDS[COMP_CWORD]} before=$${COMP_WORDS[COMP_CWORD-1]}
    local command='' count=0 journal=() line i
    COMPREPLY=()
    if [[ $$word == = ]]; then word=; fi
    if [[ $$before == = ]]; then before=$${COMP_WORDS[COMP_CWORD-2]}; fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case $${COMP_WORDS[i]} in
            $values)
                line=$${COMP_WORDS[i++]}
                if [[ $${COMP_WORDS[i]} == = ]]; then ((i++)); fi
                if [[ $$line == --journal ]]; then
                    journal=(--journal "$${COMP_WORDS[i]//\\\\/}")
                fi ;;
            -*) ;;
            *)
                case "$$command $${COMP_WORDS[i]}" in
                    $commands) command+=" $${COMP_WORDS[i]}" ;;
                    *) ((count++)) ;;
                esac ;;
        esac
    done
    case "$$command $$before" in
$options_values
    esac
    if [[ $$word == -* ]]; then
        case "$$command" in
$options
        esac
        return
    fi
    case "$$command $$count" in
$places
    esac
}

complete -F _alongside alongside
""")


def bash(program: Command, rest: tuple[Command, ...]) -> str:
    """Return the completions for bash; before 4.0 it does without those of files."""
    every = (program, *rest)
    values: list[str] = []
    places: list[str] = []
    for command in every:
        name = _bash_name(command)
        below = _top(rest) if not command.words else _within(command, rest)
        if below:
            names = " ".join(c.words[-1] for c in below)
            places.append(f'        "{name} 0") _alongside_words "$word" "{names}" ;;')
        for option in command.options:
            act = _bash_act(option)
            if act and option.flags != ("--journal",):
                flags = "|".join(f'"{name} {flag}"' for flag in option.flags)
                values.append(f"        {flags}) {act}; return ;;")
        for number, place in enumerate(command.places):
            act = _bash_act(place)
            if act:
                many = "[0-9]*" if place.nargs in "*+" and place.nargs else str(number)
                places.append(f'        "{name} "{many}) {act} ;;')
    values.append('        *" --journal") _alongside_folders; return ;;')
    texts = "|".join(f'*" {f}"' for f in _options_with_values(program, rest) if f != "--journal")
    values.append(f"        {texts}) return ;;")
    return BASH.substitute(
        head=HEAD.format("bash"),
        values="|".join(_options_with_values(program, rest)),
        commands="|".join(f'"{_bash_name(c)}"' for c in rest),
        options_values="\n".join(values),
        options="\n".join(
            f'            "{_bash_name(c)}") _alongside_words "$word" "{_bash_flags(c)}" ;;'
            for c in every
        ),
        places="\n".join(places),
    )


def _bash_name(command: Command) -> str:
    """Return the words of a command, each with a blank before it."""
    return "".join(f" {word}" for word in command.words)


def _bash_flags(command: Command) -> str:
    return " ".join((*(flag for option in command.options for flag in option.flags), "--help"))


def _bash_act(argument: Argument) -> str:
    if argument.takes is Takes.CHOICE:
        return f'_alongside_words "$word" "{" ".join(argument.choices)}"'
    return {
        Takes.PERSON: '_alongside_people "$word"',
        Takes.FILE: "_alongside_files",
        Takes.FOLDER: "_alongside_folders",
    }.get(argument.takes, "")


# -- zsh -----------------------------------------------------------------------------------

ZSH = Template("""\
#compdef alongside
# $head

_alongside_people() {
    local -a names journal
    local at=$${all[(i)--journal]}
    if (( at < $$#all )); then journal=(--journal "$${(Q)all[at+1]}"); fi
    names=("$${(@f)$$(alongside completion --names "$${journal[@]}" 2>/dev/null)}")
    names=($${names:#})
    local expl
    _wanted people expl person compadd -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -a names
}

_alongside_commands() {
    local -a commands=(
$commands
    )
    _describe command commands
}

_alongside() {
    local curcontext=$$curcontext context state state_descr line ret=1
    local -a all=("$${words[@]}")
    typeset -A opt_args
    _arguments -C \\
$program && ret=0
    if [[ $$state == argument ]]; then
        curcontext=$${curcontext%:*:*}:alongside-$$words[1]:
        case $$words[1] in
$cases
        esac
    fi
    return ret
}

if [[ $$funcstack[1] == _alongside ]]; then _alongside "$$@"; else compdef _alongside alongside; fi
""")


def zsh(program: Command, rest: tuple[Command, ...]) -> str:
    """Return the completions for zsh."""
    heads = [*_zsh_options(program), "'1:command:_alongside_commands'", "'*::argument:->argument'"]
    cases: list[str] = []
    for command in _top(rest):
        specs = _zsh_options(command)
        for number, place in enumerate(command.places, 1):
            specs.append(_zsh_place(place, number))
        within = _within(command, rest)
        for below in within:  # its options are offered with those of the command it is in
            specs = [*dict.fromkeys((*specs, *_zsh_options(below)))]
        if within:
            told = " ".join(f'{c.words[-1]}\\:"{_zsh_text(c.help)}"' for c in within)
            specs.append(f"'1:command:(({told}))'")
        lines = " \\\n".join(f"                    {spec}" for spec in specs)
        cases.append(
            f"            {command.words[0]})\n                _arguments \\\n{lines} && ret=0 ;;"
        )
    return ZSH.substitute(
        head=HEAD.format("zsh"),
        commands="\n".join(f"        {_quoted(f'{c.words[0]}:{c.help}')}" for c in _top(rest)),
        program=" \\\n".join(f"        {spec}" for spec in heads),
        cases="\n".join(cases),
    )


def _zsh_options(command: Command) -> list[str]:
    return [
        *(_zsh_option(option, flag) for option in command.options for flag in option.flags),
        "'(- *)--help[help]'",
    ]


def _zsh_option(option: Argument, flag: str) -> str:
    many = "*" if option.is_repeated else ""
    value = f":{option.metavar.lower()}:{_zsh_act(option)}"
    return _quoted(
        f"{many}{flag}[{_zsh_text(option.help or flag)}]"
        + ("" if option.takes is Takes.NOTHING else value)
    )


def _zsh_place(place: Argument, number: int) -> str:
    at = "*" if place.nargs in ("*", "+") else f"{number}:" if place.nargs == "?" else str(number)
    return _quoted(f"{at}:{place.metavar.lower()}:{_zsh_act(place)}")


def _zsh_act(argument: Argument) -> str:
    if argument.takes is Takes.CHOICE:
        return f"({' '.join(argument.choices)})"
    return {
        Takes.PERSON: "_alongside_people",
        Takes.FILE: "_files",
        Takes.FOLDER: "_directories",
    }.get(argument.takes, " ")


def _zsh_text(text: str) -> str:
    """Return a text as it stands in brackets, or after a colon."""
    for char in "\\[]:":
        text = text.replace(char, f"\\{char}")
    return text


# -- fish ----------------------------------------------------------------------------------

FISH = Template("""\
# $head

# Whether the command before the cursor is $$argv[1], with so many words of its own, $$argv[2].
function __alongside_is
    set -l command
    set -l count 0
    set -l is_value 0
    for word in (commandline -opc)[2..]
        if test $$is_value -eq 1
            set is_value 0
            continue
        end
        switch $$word
            case $values
                set is_value 1
            case '-*'
            case '*'
                if contains -- "$$command $$word" $commands
                    set command "$$command $$word"
                else
                    set count (math $$count + 1)
                end
        end
    end
    test "$$command" = "$$argv[1]"; or return 1
    test (count $$argv) -eq 1; or contains -- $$count $$argv[2..]
end

function __alongside_people
    set -l words (commandline -opc)
    set -l journal
    if set -l at (contains -i -- --journal $$words)
        set journal --journal $$words[(math $$at + 1)]
    end
    alongside completion --names $$journal 2>/dev/null
end

complete -c alongside -f
$lines
""")


def fish(program: Command, rest: tuple[Command, ...]) -> str:
    """Return the completions for fish."""
    return FISH.substitute(
        head=HEAD.format("fish"),
        values=" ".join(_options_with_values(program, rest)),
        commands=" ".join(f"'{_bash_name(command)}'" for command in rest),
        lines="\n".join(
            line for command in (program, *rest) for line in _fish_command(command, rest)
        ),
    )


def _fish_command(command: Command, rest: tuple[Command, ...]) -> Iterator[str]:
    here = f"__alongside_is '{_bash_name(command)}'"
    for below in _top(rest) if not command.words else _within(command, rest):
        yield f'complete -c alongside -n "{here} 0" -a {below.words[-1]} -d {_fish(below.help)}'
    for option in command.options:
        names = " ".join(
            f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in option.flags
        )
        said = f" -d {_fish(option.help)}" if option.help else ""
        yield f'complete -c alongside -n "{here}" {names}{_fish_value(option)}{said}'
    yield f'complete -c alongside -n "{here}" -l help -d help'
    for number, place in enumerate(command.places):
        act = _fish_value(place).removeprefix(" -x").removeprefix(" -r")
        if act:
            yield f'complete -c alongside -n "{here} {number}"{act}'


def _fish_value(argument: Argument) -> str:
    return {
        Takes.NOTHING: "",
        Takes.TEXT: " -x",
        Takes.CHOICE: f" -x -a '{' '.join(argument.choices)}'",
        Takes.PERSON: " -x -a '(__alongside_people)'",
        Takes.FILE: " -r -F",
        Takes.FOLDER: " -x -a '(__fish_complete_directories)'",
    }[argument.takes]


def _fish(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
