# bash completion of jkube. Made by: jkube completion bash

_jkube() {
  local program=${1/#\~\//$HOME/} words=() last=-1 piece glue= line files=
  # bash cuts words at = and :, jkube does not.
  for piece in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if ((last >= 0)) && [[ $glue || $piece == [=:]* ]]; then
      words[last]+=$piece
    else
      words[++last]=$piece
    fi
    [[ $piece == [=:]* ]] && glue=1 || glue=
  done
  local current=${words[last]}
  COMPREPLY=()
  if ((last == 0)) && [[ $current != -* ]]; then
    COMPREPLY=($(compgen -W "start stop status list kubeconfig logs-server snapshot export get describe create delete logs exec attach cp port-forward wait trace cluster-info service api-resources api-versions version completion help" -- "$current"))
    return
  fi
  local kept=${current%"${current##*[=:]}"}
  while IFS= read -r line; do
    if [[ $line == :files ]]; then
      files=1
    else
      line=${line%%$'\t'*}
      COMPREPLY+=("${line#"$kept"}")
    fi
  done < <("$program" __complete "${words[@]}" 2> /dev/null)
  type compopt > /dev/null 2>&1 || return 0
  [[ -z $files ]] || compopt -o default
  [[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *[=/,] ]] || compopt -o nospace
}

complete -F _jkube jkube
