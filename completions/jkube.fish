# fish completion of jkube. Made by: jkube completion fish

function __jkube_commands
    printf '%s\t%s\n' start 'Start a cluster'
    printf '%s\t%s\n' stop 'Stop a cluster’s server; its pods go on'
    printf '%s\t%s\n' status 'Say whether a cluster runs, and where'
    printf '%s\t%s\n' list 'List the clusters'
    printf '%s\t%s\n' kubeconfig 'Print a kubeconfig for one cluster'
    printf '%s\t%s\n' logs-server 'Print the log of a cluster’s server'
    printf '%s\t%s\n' snapshot 'Save a cluster in a file, and make clusters of such files'
    printf '%s\t%s\n' export 'Write manifests for another cluster'
    printf '%s\t%s\n' get 'Display one or many objects'
    printf '%s\t%s\n' describe 'Show objects in detail, with their events'
    printf '%s\t%s\n' create 'Create objects from manifests or by flags'
    printf '%s\t%s\n' delete 'Delete objects'
    printf '%s\t%s\n' logs 'Print what a container wrote'
    printf '%s\t%s\n' exec 'Run a command in a container'
    printf '%s\t%s\n' attach 'Watch the process of a container'
    printf '%s\t%s\n' cp 'Copy files into a container and out of it'
    printf '%s\t%s\n' port-forward 'Forward ports of this machine to a pod'
    printf '%s\t%s\n' wait 'Wait until objects meet a condition'
    printf '%s\t%s\n' trace 'Show the way of an object through the cluster'
    printf '%s\t%s\n' cluster-info 'Display where the cluster is reached'
    printf '%s\t%s\n' service 'Print where a Service is reached'
    printf '%s\t%s\n' api-resources 'List the kinds the server serves'
    printf '%s\t%s\n' api-versions 'List the API versions the server serves'
    printf '%s\t%s\n' version 'Print the versions of client and server'
    printf '%s\t%s\n' completion 'Print a completion script'
    printf '%s\t%s\n' help 'Explain a command'
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
