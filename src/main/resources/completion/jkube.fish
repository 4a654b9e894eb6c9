# fish completion of jkube. Made by: jkube completion fish

function __jkube_commands
@COMMANDS@
end

function __jkube_complete
    set -l typed (commandline --current-process --tokenize --cut-at-cursor)
    set -l current (commandline --current-token --cut-at-cursor)
    set -l program $typed[1]
    set -e typed[1]
    if test (count $typed) -eq 0; and not string match -q -- '-*' "$current"
        __jkube_commands
        return
    end
    set -l lines ($program __complete $typed "$current" 2>/dev/null)
    for line in $lines
        if test "$line" = :files
            set -l flag (string match -r -- '^--[^=]+=' "$current")
            for path in (__fish_complete_path (string replace -- "$flag" '' "$current"))
                echo "$flag$path"
            end
        else
            echo $line
        end
    end
end

complete -c jkube -e
complete -c jkube -f -a '(__jkube_complete)'
