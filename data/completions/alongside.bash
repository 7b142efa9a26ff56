# Completion of alongside for bash. Made from tui/cli.py by python -m tests.pages.

# Say which of the words in $2 begin with $1.
_alongside_words() {
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -W "$2" -- "$1")
}

# Say which people's names begin with $1, case aside; quoted, for a name may hold anything.
_alongside_people() {
    local plain=${1//\\/} quote=''
    if [[ $1 == [\"\']* ]]; then quote=1 plain=${plain:1}; fi
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(
        shopt -s nocasematch
        alongside completion --names "${journal[@]}" 2>/dev/null | while IFS= read -r line; do
            if [[ $line != "$plain"* ]]; then continue; fi
            if [[ ! $quote ]]; then
                printf '%q\n' "$line"
            elif [[ $line != *[\$\`\"\'\\!]* ]]; then
                printf '%s\n' "$line"
            fi
        done
    )
}

# Let bash complete files, or folders.
_alongside_files() { compopt -o default 2>/dev/null; }
_alongside_folders() { compopt -o dirnames 2>/dev/null; }

_alongside() {
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
    local command='' count=0 journal=() line i
    COMPREPLY=()
    if [[ $word == = ]]; then word=; fi
    if [[ $before == = ]]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
            --every|--format|--from|--helps|--journal|--kind|--on|--output|--owner|--person|--place|--pronoun|--role|--since|--stage|--to|--width)
                line=${COMP_WORDS[i++]}
                if [[ ${COMP_WORDS[i]} == = ]]; then ((i++)); fi
                if [[ $line == --journal ]]; then
                    journal=(--journal "${COMP_WORDS[i]//\\/}")
                fi ;;
            -*) ;;
            *)
                case "$command ${COMP_WORDS[i]}" in
                    " people"|" people add"|" due"|" note"|" text"|" follow-ups"|" card"|" summary"|" search"|" mirror"|" quarter"|" export"|" import"|" demo"|" check"|" backup"|" restore"|" record"|" forget"|" merge"|" expire"|" where"|" settings"|" completion") command+=" ${COMP_WORDS[i]}" ;;
                    *) ((count++)) ;;
                esac ;;
        esac
    done
    case "$command $before" in
        " people add --pronoun") _alongside_words "$word" "they she he"; return ;;
        " follow-ups --person") _alongside_people "$word"; return ;;
        " follow-ups --owner") _alongside_words "$word" "me them both"; return ;;
        " follow-ups --stage") _alongside_words "$word" "captured agreed waiting done let-go open all"; return ;;
        " summary --format") _alongside_words "$word" "plain markdown chat mail own"; return ;;
        " search --person") _alongside_people "$word"; return ;;
        " search --kind") _alongside_words "$word" "heard need idea shared decided thanks promise plan park feeling hunch intention to-thank useful question card person"; return ;;
        " export --format") _alongside_words "$word" "markdown json csv ics todotxt taskwarrior"; return ;;
        " export --output") _alongside_files; return ;;
        " export --stage") _alongside_words "$word" "captured agreed waiting done let-go open all"; return ;;
        " import --from") _alongside_words "$word" "markdown todotxt csv"; return ;;
        " restore --person") _alongside_people "$word"; return ;;
        " record --output") _alongside_files; return ;;
        *" --journal") _alongside_folders; return ;;
        *" --every"|*" --format"|*" --from"|*" --helps"|*" --kind"|*" --on"|*" --output"|*" --owner"|*" --person"|*" --place"|*" --pronoun"|*" --role"|*" --since"|*" --stage"|*" --to"|*" --width") return ;;
    esac
    if [[ $word == -* ]]; then
        case "$command" in
            "") _alongside_words "$word" "--journal --version --help" ;;
            " people") _alongside_words "$word" "--journal --json --archived --help" ;;
            " people add") _alongside_words "$word" "--journal --every --role --place --helps --pronoun --help" ;;
            " due") _alongside_words "$word" "--journal --width --json --help" ;;
            " note") _alongside_words "$word" "--journal --help" ;;
            " text") _alongside_words "$word" "--journal --help" ;;
            " follow-ups") _alongside_words "$word" "--journal --person --owner --stage --json --help" ;;
            " card") _alongside_words "$word" "--journal --copy --help" ;;
            " summary") _alongside_words "$word" "--journal --on --format --copy --help" ;;
            " search") _alongside_words "$word" "--journal --person --kind --since --ours --json --help" ;;
            " mirror") _alongside_words "$word" "--journal --since --json --help" ;;
            " quarter") _alongside_words "$word" "--journal --from --to --mine --help" ;;
            " export") _alongside_words "$word" "--journal --format --output --force --stage --events --help" ;;
            " import") _alongside_words "$word" "--journal --from --yes --help" ;;
            " demo") _alongside_words "$word" "--journal --check --guide --help" ;;
            " check") _alongside_words "$word" "--journal --repair --json --help" ;;
            " backup") _alongside_words "$word" "--journal --help" ;;
            " restore") _alongside_words "$word" "--journal --person --yes --help" ;;
            " record") _alongside_words "$word" "--journal --json --output --force --help" ;;
            " forget") _alongside_words "$word" "--journal --yes --help" ;;
            " merge") _alongside_words "$word" "--journal --yes --help" ;;
            " expire") _alongside_words "$word" "--journal --yes --help" ;;
            " where") _alongside_words "$word" "--journal --help" ;;
            " settings") _alongside_words "$word" "--journal --help" ;;
            " completion") _alongside_words "$word" "--journal --help" ;;
        esac
        return
    fi
    case "$command $count" in
        " 0") _alongside_words "$word" "people due note text follow-ups card summary search mirror quarter export import demo check backup restore record forget merge expire where settings completion" ;;
        " people 0") _alongside_words "$word" "add" ;;
        " note "0) _alongside_people "$word" ;;
        " text "0) _alongside_people "$word" ;;
        " card "0) _alongside_people "$word" ;;
        " summary "0) _alongside_people "$word" ;;
        " quarter "0) _alongside_people "$word" ;;
        " export "0) _alongside_people "$word" ;;
        " import "0) _alongside_people "$word" ;;
        " import "1) _alongside_files ;;
        " backup "0) _alongside_files ;;
        " restore "0) _alongside_files ;;
        " record "0) _alongside_people "$word" ;;
        " forget "[0-9]*) _alongside_people "$word" ;;
        " merge "0) _alongside_people "$word" ;;
        " merge "1) _alongside_people "$word" ;;
        " completion "0) _alongside_words "$word" "bash zsh fish" ;;
    esac
}

complete -F _alongside alongside
