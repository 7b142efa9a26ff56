# Completion of alongside for fish. Made from tui/cli.py by python -m tests.pages.

# Whether the command before the cursor is $argv[1], with so many words of its own, $argv[2].
function __alongside_is
    set -l command
    set -l count 0
    set -l is_value 0
    for word in (commandline -opc)[2..]
        if test $is_value -eq 1
            set is_value 0
            continue
        end
        switch $word
            case --every --format --from --helps --journal --kind --on --output --owner --person --place --pronoun --role --since --stage --to --width
                set is_value 1
            case '-*'
            case '*'
                if contains -- "$command $word" ' people' ' people add' ' due' ' note' ' text' ' follow-ups' ' card' ' summary' ' search' ' mirror' ' quarter' ' export' ' import' ' demo' ' check' ' backup' ' restore' ' record' ' forget' ' merge' ' expire' ' where' ' settings' ' completion'
                    set command "$command $word"
                else
                    set count (math $count + 1)
                end
        end
    end
    test "$command" = "$argv[1]"; or return 1
    test (count $argv) -eq 1; or contains -- $count $argv[2..]
end

function __alongside_people
    set -l words (commandline -opc)
    set -l journal
    if set -l at (contains -i -- --journal $words)
        set journal --journal $words[(math $at + 1)]
    end
    alongside completion --names $journal 2>/dev/null
end

complete -c alongside -f
complete -c alongside -n "__alongside_is '' 0" -a people -d 'who is due, and what is owed; or add somebody'
complete -c alongside -n "__alongside_is '' 0" -a due -d 'who is due and what you owe, in one line for a prompt or tmux'
complete -c alongside -n "__alongside_is '' 0" -a note -d 'write into today\'s one-to-one with a person'
complete -c alongside -n "__alongside_is '' 0" -a text -d 'a one-to-one in plain lines: for a screen reader, a pipe'
complete -c alongside -n "__alongside_is '' 0" -a follow-ups -d 'list follow-ups'
complete -c alongside -n "__alongside_is '' 0" -a card -d 'the cue card of the next one-to-one, 40 columns wide'
complete -c alongside -n "__alongside_is '' 0" -a summary -d 'the summary of the latest one-to-one, for the colleague'
complete -c alongside -n "__alongside_is '' 0" -a search -d 'find lines by their words, with anybody, in any year'
complete -c alongside -n "__alongside_is '' 0" -a mirror -d 'what you promised, kept, asked: your practice, for you alone'
complete -c alongside -n "__alongside_is '' 0" -a quarter -d 'some weeks with a person in ten lines, for review time'
complete -c alongside -n "__alongside_is '' 0" -a export -d 'write out what is ours: to read, or for another program'
complete -c alongside -n "__alongside_is '' 0" -a import -d 'bring in follow-ups and notes of a person from a file'
complete -c alongside -n "__alongside_is '' 0" -a demo -d 'open the app on an invented journal, a throw-away copy'
complete -c alongside -n "__alongside_is '' 0" -a check -d 'look through the journal and this machine; mend what is damaged'
complete -c alongside -n "__alongside_is '' 0" -a backup -d 'write the whole journal into one zip file'
complete -c alongside -n "__alongside_is '' 0" -a restore -d 'bring back a backup, or an earlier moment'
complete -c alongside -n "__alongside_is '' 0" -a record -d 'everything there is about a person, for you alone'
complete -c alongside -n "__alongside_is '' 0" -a forget -d 'remove everything there is about a person'
complete -c alongside -n "__alongside_is '' 0" -a merge -d 'make one person of two'
complete -c alongside -n "__alongside_is '' 0" -a expire -d 'let old notes go, where you have chosen how long to keep them'
complete -c alongside -n "__alongside_is '' 0" -a where -d 'where the journal and the program\'s own files are'
complete -c alongside -n "__alongside_is '' 0" -a settings -d 'print settings.toml as it is before anything is chosen'
complete -c alongside -n "__alongside_is '' 0" -a completion -d 'what makes your shell complete commands and names'
complete -c alongside -n "__alongside_is ''" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ''" -l version -d 'the version'
complete -c alongside -n "__alongside_is ''" -l help -d help
complete -c alongside -n "__alongside_is ' people' 0" -a add -d 'add somebody'
complete -c alongside -n "__alongside_is ' people'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' people'" -l json -d 'as JSON'
complete -c alongside -n "__alongside_is ' people'" -l archived -d 'the archived instead'
complete -c alongside -n "__alongside_is ' people'" -l help -d help
complete -c alongside -n "__alongside_is ' people add'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' people add'" -l every -x -d 'such as "2 weeks" or "month"'
complete -c alongside -n "__alongside_is ' people add'" -l role -x -d 'such as “staff engineer”'
complete -c alongside -n "__alongside_is ' people add'" -l place -x -d 'where you usually talk'
complete -c alongside -n "__alongside_is ' people add'" -l helps -x -d 'what helps them'
complete -c alongside -n "__alongside_is ' people add'" -l pronoun -x -a 'they she he'
complete -c alongside -n "__alongside_is ' people add'" -l help -d help
complete -c alongside -n "__alongside_is ' due'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' due'" -l width -x -d 'columns at most (default: 80)'
complete -c alongside -n "__alongside_is ' due'" -l json -d 'as JSON'
complete -c alongside -n "__alongside_is ' due'" -l help -d help
complete -c alongside -n "__alongside_is ' note'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' note'" -l help -d help
complete -c alongside -n "__alongside_is ' note' 0" -a '(__alongside_people)'
complete -c alongside -n "__alongside_is ' text'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' text'" -l help -d help
complete -c alongside -n "__alongside_is ' text' 0" -a '(__alongside_people)'
complete -c alongside -n "__alongside_is ' follow-ups'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' follow-ups'" -l person -x -a '(__alongside_people)' -d 'only this person\'s'
complete -c alongside -n "__alongside_is ' follow-ups'" -l owner -x -a 'me them both' -d 'only what they owe'
complete -c alongside -n "__alongside_is ' follow-ups'" -l stage -x -a 'captured agreed waiting done let-go open all' -d 'only this stage (default: all that are open)'
complete -c alongside -n "__alongside_is ' follow-ups'" -l json -d 'as JSON'
complete -c alongside -n "__alongside_is ' follow-ups'" -l help -d help
complete -c alongside -n "__alongside_is ' card'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' card'" -l copy -d 'also copy it to the clipboard'
complete -c alongside -n "__alongside_is ' card'" -l help -d help
complete -c alongside -n "__alongside_is ' card' 0" -a '(__alongside_people)'
complete -c alongside -n "__alongside_is ' summary'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' summary'" -l on -x -d 'the one-to-one of this day'
complete -c alongside -n "__alongside_is ' summary'" -l format -x -a 'plain markdown chat mail own' -d 'how it is written (default: own where there is a template, else plain)'
complete -c alongside -n "__alongside_is ' summary'" -l copy -d 'also copy it to the clipboard, and note that it went'
complete -c alongside -n "__alongside_is ' summary'" -l help -d help
complete -c alongside -n "__alongside_is ' summary' 0" -a '(__alongside_people)'
complete -c alongside -n "__alongside_is ' search'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' search'" -l person -x -a '(__alongside_people)' -d 'only what is about this person'
complete -c alongside -n "__alongside_is ' search'" -l kind -x -a 'heard need idea shared decided thanks promise plan park feeling hunch intention to-thank useful question card person' -d 'only such lines; may stand several times: heard, need, idea, shared, decided, thanks, promise, plan, park, feeling, hunch, intention, to-thank, useful, question, card, person'
complete -c alongside -n "__alongside_is ' search'" -l since -x -d 'only of this day or later: "2026-01-01"'
complete -c alongside -n "__alongside_is ' search'" -l ours -d 'only what both may read, nothing that stays with you'
complete -c alongside -n "__alongside_is ' search'" -l json -d 'as JSON'
complete -c alongside -n "__alongside_is ' search'" -l help -d help
complete -c alongside -n "__alongside_is ' mirror'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' mirror'" -l since -x -d 'from this day to today (default: the last 13 weeks)'
complete -c alongside -n "__alongside_is ' mirror'" -l json -d 'as JSON'
complete -c alongside -n "__alongside_is ' mirror'" -l help -d help
complete -c alongside -n "__alongside_is ' quarter'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' quarter'" -l from -x -d 'the first day (default: 13 weeks before the last)'
complete -c alongside -n "__alongside_is ' quarter'" -l to -x -d 'the last day (default: today)'
complete -c alongside -n "__alongside_is ' quarter'" -l mine -d 'what is yours alone instead: keep it to yourself'
complete -c alongside -n "__alongside_is ' quarter'" -l help -d help
complete -c alongside -n "__alongside_is ' quarter' 0" -a '(__alongside_people)'
complete -c alongside -n "__alongside_is ' export'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' export'" -l format -x -a 'markdown json csv ics todotxt taskwarrior' -d 'as what (default: markdown)'
complete -c alongside -n "__alongside_is ' export'" -l output -r -F -d 'into a new file, not to stdout'
complete -c alongside -n "__alongside_is ' export'" -l force -d 'replace the file if it is there'
complete -c alongside -n "__alongside_is ' export'" -l stage -x -a 'captured agreed waiting done let-go open all' -d 'only such follow-ups'
complete -c alongside -n "__alongside_is ' export'" -l events -d 'with ics: follow-ups as days, for calendars without to-dos (Google, Outlook)'
complete -c alongside -n "__alongside_is ' export'" -l help -d help
complete -c alongside -n "__alongside_is ' export' 0" -a '(__alongside_people)'
complete -c alongside -n "__alongside_is ' import'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' import'" -l from -x -a 'markdown todotxt csv' -d 'what it is (default: by its name, else by its looks)'
complete -c alongside -n "__alongside_is ' import'" -l yes -d 'do it; without, it only says what'
complete -c alongside -n "__alongside_is ' import'" -l help -d help
complete -c alongside -n "__alongside_is ' import' 0" -a '(__alongside_people)'
complete -c alongside -n "__alongside_is ' import' 1" -F
complete -c alongside -n "__alongside_is ' demo'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' demo'" -l check -d 'only check that it can be opened'
complete -c alongside -n "__alongside_is ' demo'" -l guide -d 'be guided through a one-to-one'
complete -c alongside -n "__alongside_is ' demo'" -l help -d help
complete -c alongside -n "__alongside_is ' check'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' check'" -l repair -d 'mend what can be mended'
complete -c alongside -n "__alongside_is ' check'" -l json -d 'as JSON'
complete -c alongside -n "__alongside_is ' check'" -l help -d help
complete -c alongside -n "__alongside_is ' backup'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' backup'" -l help -d help
complete -c alongside -n "__alongside_is ' backup' 0" -F
complete -c alongside -n "__alongside_is ' restore'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' restore'" -l person -x -a '(__alongside_people)' -d 'only what is in this person\'s folder'
complete -c alongside -n "__alongside_is ' restore'" -l yes -d 'do it; without, it only says what'
complete -c alongside -n "__alongside_is ' restore'" -l help -d help
complete -c alongside -n "__alongside_is ' restore' 0" -F
complete -c alongside -n "__alongside_is ' record'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' record'" -l json -d 'as JSON'
complete -c alongside -n "__alongside_is ' record'" -l output -r -F -d 'into a new file, for you alone'
complete -c alongside -n "__alongside_is ' record'" -l force -d 'replace the file if it is there'
complete -c alongside -n "__alongside_is ' record'" -l help -d help
complete -c alongside -n "__alongside_is ' record' 0" -a '(__alongside_people)'
complete -c alongside -n "__alongside_is ' forget'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' forget'" -l yes -d 'do it; without, it only says what'
complete -c alongside -n "__alongside_is ' forget'" -l help -d help
complete -c alongside -n "__alongside_is ' forget' 0" -a '(__alongside_people)'
complete -c alongside -n "__alongside_is ' merge'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' merge'" -l yes -d 'do it; without, it only says what'
complete -c alongside -n "__alongside_is ' merge'" -l help -d help
complete -c alongside -n "__alongside_is ' merge' 0" -a '(__alongside_people)'
complete -c alongside -n "__alongside_is ' merge' 1" -a '(__alongside_people)'
complete -c alongside -n "__alongside_is ' expire'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' expire'" -l yes -d 'do it; without, it only says what'
complete -c alongside -n "__alongside_is ' expire'" -l help -d help
complete -c alongside -n "__alongside_is ' where'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' where'" -l help -d help
complete -c alongside -n "__alongside_is ' settings'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' settings'" -l help -d help
complete -c alongside -n "__alongside_is ' completion'" -l journal -x -a '(__fish_complete_directories)' -d 'the journal\'s folder (else ALONGSIDE_JOURNAL, else yours)'
complete -c alongside -n "__alongside_is ' completion'" -l help -d help
complete -c alongside -n "__alongside_is ' completion' 0" -a 'bash zsh fish'
