#!/bin/sh
# Takes the Calico network web (10.1.0.0/16) away again: only what carries the label
# calico-migrate.mark=40a7e684618b8e2f, never the profile calico or the pool default-ipv4-ippool.
# Made by calico-migrate; run it where ssh reaches the agents, as often as you like:
#
#   sh rollback.sh [--dry-run] [AGENT...]
#   sh rollback.sh [--dry-run] --local check|cni|endpoints|cluster
#
# It goes in this order, and stops before the first step that is not safe:
#
#   1. check      no container on any agent, and no workload endpoint, has an address of 10.1.0.0/16
#   2. cni        the CNI file is removed from every agent
#   3. cluster    on one agent: the Docker network is removed, the pool disabled, then deleted, then every
#                 profile that nothing names any more
#
# Agents on the command line come in addition to those that the files were made for; the first of all does
# step 3. --dry-run says what would be done. --local does one step on the agent where it runs, as root,
# without ssh; "endpoints" is the part of the check that concerns the whole cluster.
#
# Exit codes:
#
#   0  done
#   2  an option that the script does not know
#   10  the script was not started as root
#   11  Docker does not answer, has no cluster store, is in swarm mode, or has live-restore on
#   13  the cluster store or Calico's datastore does not answer, so that nothing is known
#   15  there are several Docker networks of this name
#   25  a file cannot be written (is the disk full?)
#   30  a container or a workload endpoint still has an address
#   31  something has not the label of these files, and stays
#   32  it is not known what happened on an agent
#   33  Docker or Calico refused to remove something
set -eu

AT_ONCE=20

known_agents() {
    cat <<'END_OF_AGENTS'
END_OF_AGENTS
}

# What runs on the agents.
agent_part() {
    cat <<'END_OF_AGENT_PART'
set -eu

NETWORK='web'
CIDR='10.1.0.0/16'
NODE_SELECTOR='!all()'
MARK_LABEL='calico-migrate.mark'
MARK='40a7e684618b8e2f'
AGENT=-
WRITTEN_PROFILES='web'

E_USAGE=2
E_NOT_ROOT=10
E_DOCKER_NOT_READY=11
E_STORE_SILENT=13
E_AMBIGUOUS=15
E_NOT_WRITTEN=25
E_IN_USE=30
E_NOT_OURS=31
E_REFUSED=33

CNI_FILE=/opt/mesosphere/etc/dcos/network/cni/$NETWORK.conf
ANSWER_LIMIT=60

LC_ALL=C
export LC_ALL
PATH=$PATH:/usr/sbin:/usr/bin:/sbin:/bin:/opt/mesosphere/bin
export PATH

scratch=

say() {
    printf '%s\n' "$*" >&2
}

# finish WORD CODE: the last thing of every run that came to an end by itself.
finish() {
    printf '%s %s %s result=%s code=%s\n' 'calico-migrate:' "$NETWORK" "$AGENT" "$1" "$2"
    exit "$2"
}

fail() {
    code=$1
    word=$2
    shift 2
    say "$*"
    finish "$word" "$code"
}

# limited COMMAND...: with a time limit, and never reading the script's own standard input.
limited() {
    timeout "$ANSWER_LIMIT" "$@" </dev/null 2>"$scratch/errors"
}

errors() {
    tr '\n' ' ' <"$scratch/errors" | cut -c 1-400
}

make_scratch() {
    # /run is in memory: a full disk does not stop the script from looking.
    scratch=$(mktemp -d /run/calico-migrate.XXXXXX 2>/dev/null) ||
        scratch=$(mktemp -d "${TMPDIR:-/tmp}/calico-migrate.XXXXXX" 2>/dev/null) ||
        fail "$E_NOT_WRITTEN" not-written "No directory can be made below /run or /tmp: is the disk full?"
    : >"$scratch/errors" || fail "$E_NOT_WRITTEN" not-written "Nothing can be written to $scratch: is the disk full?"
}

find_programs() {
    docker=$(command -v docker) || docker=
    if [ -x /opt/mesosphere/bin/calicoctl ]; then
        calicoctl=/opt/mesosphere/bin/calicoctl
    else
        calicoctl=$(command -v calicoctl) || calicoctl=
    fi
    # CentOS 7's own curl cannot speak to a socket; the one of DC/OS can.
    socket_curl=
    for candidate in curl /opt/mesosphere/bin/curl; do
        if "$candidate" --version 2>/dev/null | grep -qi 'unix-\{0,1\}sockets'; then
            socket_curl=$candidate
            break
        fi
    done
}

# Docker clients since 23 do not know the field any more, although the engine still says it.
find_cluster_store() {
    store=$(limited "$docker" info --format '{{.ClusterStore}}') && return
    store=
    engine=${DOCKER_HOST:-unix:///var/run/docker.sock}
    case $engine in
    unix://*)
        [ -n "$socket_curl" ] || return 0
        answer=$(limited "$socket_curl" -s --noproxy '*' --max-time 20 --unix-socket "${engine#unix://}" http://localhost/info) || return 0
        store=$(printf '%s\n' "$answer" | json_flat | json_value ClusterStore) || store=
        ;;
    esac
}

# Docker lists no shared network while its store is away, and says nothing: absence must be proven.
store_answers() {
    hosts=${store#etcd://}
    hosts=${hosts%%/*}
    ca=$(daemon_option kv.cacertfile)
    old_ifs=$IFS
    IFS=,
    for host in $hosts; do
        IFS=$old_ifs
        if [ -n "$ca" ]; then
            answer=$(limited "${socket_curl:-curl}" -s --noproxy '*' --max-time 10 --cacert "$ca" \
                --cert "$(daemon_option kv.certfile)" --key "$(daemon_option kv.keyfile)" "https://$host/health") || answer=
        elif command -v curl >/dev/null || [ -n "$socket_curl" ]; then
            answer=$(limited "${socket_curl:-curl}" -s --noproxy '*' --max-time 10 "http://$host/health") || answer=
        else
            answer=$(limited wget -q -O - -T 10 "http://$host/health") || answer=
        fi
        case $(printf '%s' "$answer" | tr -d ' "\n') in
        *health:true*) return 0 ;;
        esac
    done
    IFS=$old_ifs
    return 1
}

daemon_option() {
    [ -r /etc/docker/daemon.json ] || return 0
    json_flat </etc/docker/daemon.json 2>/dev/null | json_value "cluster-store-opts/$1"
}

# Sets network_id: empty when the network is absent, and the store has answered.
find_network() {
    if ! limited "$docker" network ls --no-trunc --filter "name=^$NETWORK\$" --format '{{.ID}} {{.Name}}' >"$scratch/networks"; then
        fail "$E_DOCKER_NOT_READY" docker-not-ready "Docker does not list its networks: $(errors)"
    fi
    network_ids=$(awk -v name="$NETWORK" '$2 == name { print $1 }' "$scratch/networks")
    # shellcheck disable=SC2086 # one word for each id
    set -- $network_ids
    if [ $# -gt 1 ]; then
        say "There are $# Docker networks named $NETWORK, and no container can start on either:"
        for id in "$@"; do
            say "    docker network rm $id"
        done
        fail "$E_AMBIGUOUS" ambiguous "Remove them all by id as above, on any agent; create-network.sh --create on one agent makes the network again."
    fi
    network_id=${1:-}
    if [ -z "$network_id" ] && ! store_answers; then
        fail "$E_STORE_SILENT" store-silent "Docker lists no network $NETWORK, but its cluster store $store does not answer: nothing is known."
    fi
}

# get_resources KIND: what Calico has of a kind, as paths and values in $scratch/KIND.flat.
get_resources() {
    if ! limited "$calicoctl" get "$1" -o json >"$scratch/$1.json"; then
        fail "$E_STORE_SILENT" store-silent "Calico's datastore does not answer: $(errors)"
    fi
    if ! json_flat <"$scratch/$1.json" >"$scratch/$1.flat"; then
        fail "$E_STORE_SILENT" store-silent "calicoctl get $1 -o json does not print JSON."
    fi
}

# json_flat: JSON as lines of path, tab, value; it fails where the text is no JSON. Quotes part the text into
# what is inside and what is outside of strings, which every awk does in one pass.
json_flat() {
    awk '
    function path(   i, p) {
        p = ""
        for (i = 1; i <= depth; i++) p = p (i > 1 ? "/" : "") key[i]
        return p
    }
    function value(v) {
        if (depth > 0 && kind[depth] == "o" && !named[depth]) { broken = 1; return }
        members[depth]++
        print path() "\t" v
    }
    function string(s) {
        if (depth > 0 && kind[depth] == "o" && !named[depth]) { key[depth] = s; named[depth] = 1 }
        else value(s)
    }
    function open(k) {
        opened = 1
        members[depth]++
        depth++
        kind[depth] = k; key[depth] = (k == "a" ? 0 : ""); named[depth] = 0; members[depth] = 0
    }
    function close_one(k, empty) {
        if (depth == 0 || kind[depth] != k) { broken = 1; return }
        depth--
        if (members[depth + 1] == 0) print path() "\t" empty
    }
    function outside(s,   c) {
        while (s != "") {
            if (match(s, /^[ \t\r\n:]+/)) { s = substr(s, RLENGTH + 1); continue }
            c = substr(s, 1, 1)
            if (c == "{") open("o")
            else if (c == "[") open("a")
            else if (c == "}") close_one("o", "{}")
            else if (c == "]") close_one("a", "[]")
            else if (c == ",") { if (kind[depth] == "a") key[depth]++; else named[depth] = 0 }
            else if (match(s, /^[-+.A-Za-z0-9]+/)) { value(substr(s, 1, RLENGTH)); s = substr(s, RLENGTH + 1); continue }
            else { broken = 1; return }
            s = substr(s, 2)
        }
    }
    BEGIN { RS = "\""; depth = 0; inside = 0 }
    !inside { outside($0); inside = 1; text = ""; next }
    {
        text = text $0
        slashes = 0
        while (slashes < length(text) && substr(text, length(text) - slashes, 1) == "\\") slashes++
        if (slashes % 2) { text = text "\""; next }
        string(text)
        inside = 0
    }
    END { if (broken || depth || !inside || !opened || members[0] != 1) exit 1 }
    '
}

# json_value PATH: the value at a path of flat lines; nothing where there is none.
json_value() {
    awk -v path="$1" '
    { tab = index($0, "\t") }
    substr($0, 1, tab - 1) == path { print substr($0, tab + 1); exit }
    '
}

# json_item NAME: the lines of the resource of that name, whether it stands alone, in an array or in a list.
json_item() {
    awk -v name="$1" '
    {
        tab = index($0, "\t")
        place = substr($0, 1, tab - 1)
        prefix = ""
        if (match(place, /^items\/[0-9]+\//) || match(place, /^[0-9]+\//)) prefix = substr(place, 1, RLENGTH)
        rest[NR] = substr($0, length(prefix) + 1)
        from[NR] = prefix
        if (substr(place, length(prefix) + 1) == "metadata/name" && substr($0, tab + 1) == name) {
            found = 1
            wanted = prefix
        }
    }
    END { if (found) for (i = 1; i <= NR; i++) if (from[i] == wanted) print rest[i] }
    '
}

# in_cidr: of lines "ADDRESS[/32] WHO", those whose address lies in the CIDR.
in_cidr() {
    awk -v cidr="$CIDR" '
    function number(address,   part) {
        if (split(address, part, ".") != 4) return -1
        return ((part[1] * 256 + part[2]) * 256 + part[3]) * 256 + part[4]
    }
    BEGIN {
        split(cidr, halves, "/")
        size = 2 ^ (32 - halves[2])
        network = int(number(halves[1]) / size)
    }
    {
        address = $1
        sub(/\/.*/, "", address)
        n = number(address)
        if (n >= 0 && int(n / size) == network) print
    }
    '
}

ready() {
    if [ "$(id -u)" -ne 0 ]; then
        fail "$E_NOT_ROOT" not-root "This step must run as root: start it with sudo."
    fi
    [ -n "$docker" ] || fail "$E_DOCKER_NOT_READY" docker-not-ready "There is no docker command here; is this a DC/OS agent?"
    find_cluster_store
    case $store in
    etcd://?*) ;;
    *) fail "$E_DOCKER_NOT_READY" docker-not-ready "Docker does not answer, or has no cluster store: $(errors)" ;;
    esac
}

check_containers() {
    if ! limited "$docker" ps --quiet --no-trunc >"$scratch/running"; then
        fail "$E_DOCKER_NOT_READY" docker-not-ready "Docker does not list its containers: $(errors)"
    fi
    : >"$scratch/addresses"
    while read -r container; do
        # shellcheck disable=SC2016 # a variable of Docker's template
        # A container that ended since the list was made has no address any more.
        limited "$docker" inspect --format '{{$name := .Name}}{{range .NetworkSettings.Networks}}{{println .IPAddress $name}}{{end}}' "$container" >>"$scratch/addresses" || :
    done <"$scratch/running"
    in_cidr <"$scratch/addresses" >"$scratch/used"
    if [ -s "$scratch/used" ]; then
        say "Containers on this agent have addresses of $CIDR:"
        sed 's/^/    /' "$scratch/used" >&2
        fail "$E_IN_USE" in-use "Move their tasks to another network first."
    fi
}

need_calicoctl() {
    [ -n "$calicoctl" ] || fail "$E_STORE_SILENT" store-silent "There is no /opt/mesosphere/bin/calicoctl here."
}

check_endpoints() {
    if ! limited "$calicoctl" get workloadendpoint --all-namespaces -o json >"$scratch/endpoints.json"; then
        fail "$E_STORE_SILENT" store-silent "Calico's datastore does not answer: $(errors)"
    fi
    if ! json_flat <"$scratch/endpoints.json" >"$scratch/endpoints"; then
        fail "$E_STORE_SILENT" store-silent "calicoctl get workloadendpoint -o json does not print JSON."
    fi
    awk -F '\t' '$1 ~ /(^|\/)spec\/ipNetworks\/[0-9]+$/ { print $2, $1 }' "$scratch/endpoints" | in_cidr >"$scratch/used"
    if [ -s "$scratch/used" ]; then
        say "Workload endpoints have addresses of $CIDR:"
        while read -r address place; do
            name=$(json_value "${place%spec/ipNetworks/*}metadata/name" <"$scratch/endpoints")
            say "    $address $name"
        done <"$scratch/used"
        fail "$E_IN_USE" in-use "Move their tasks to another network first."
    fi
}

# A pool that everybody may use may also hold the address of a node's tunnel.
check_tunnels() {
    [ "$NODE_SELECTOR" = "all()" ] || return 0
    get_resources node
    awk -F '\t' '$1 ~ /\/ipv4(VXLAN|IPIP)TunnelAddr$/ { print $2, $1 }' "$scratch/node.flat" | in_cidr >"$scratch/used"
    if [ -s "$scratch/used" ]; then
        say "Tunnels of nodes have addresses of $CIDR:"
        while read -r address place; do
            name=$(json_value "${place%spec/*}metadata/name" <"$scratch/node.flat")
            say "    $address $name"
        done <"$scratch/used"
        fail "$E_IN_USE" in-use "Disable the pool $NETWORK (calicoctl patch ippool $NETWORK --patch '{\"spec\":{\"disabled\":true}}'), restart dcos-calico-felix on these nodes, then run this again."
    fi
}

remove_cni_file() {
    if [ ! -e "$CNI_FILE" ]; then
        say "There is no $CNI_FILE."
        return
    fi
    if [ "$(json_flat <"$CNI_FILE" 2>/dev/null | json_value "$MARK_LABEL")" != "$MARK" ]; then
        fail "$E_NOT_OURS" not-ours "$CNI_FILE was not made by these scripts; it stays. Move it away yourself and run this again."
    fi
    if [ "$dry" = yes ]; then
        say "Would remove $CNI_FILE."
    elif rm -f "$CNI_FILE"; then
        say "$CNI_FILE is removed."
    else
        fail "$E_REFUSED" refused "$CNI_FILE cannot be removed."
    fi
}

check_network() {
    find_network
    [ -n "$network_id" ] || return 0
    if ! limited "$docker" network inspect --format '{{index .Labels "'"$MARK_LABEL"'"}}|{{.Driver}}|{{len .Containers}}' "$network_id" >"$scratch/network"; then
        fail "$E_STORE_SILENT" store-silent "Docker listed the network $NETWORK and cannot describe it: $(errors)"
    fi
    facts=$(cat "$scratch/network")
    case $facts in
    "$MARK|calico|0") ;;
    "$MARK|calico|"*) fail "$E_IN_USE" in-use "The Docker network $NETWORK has containers on this agent: move their tasks first." ;;
    *) fail "$E_NOT_OURS" not-ours "The Docker network $NETWORK ($network_id) has not the label $MARK_LABEL=$MARK; it stays, and everything after it." ;;
    esac
}

remove_network() {
    if [ -z "$network_id" ]; then
        say "There is no Docker network $NETWORK."
    elif [ "$dry" = yes ]; then
        say "Would remove the Docker network $NETWORK ($network_id)."
    elif limited "$docker" network rm "$network_id" >/dev/null; then
        say "The Docker network $NETWORK is removed."
    else
        refused=$(errors)
        case $refused in
        *"active endpoints"*) fail "$E_IN_USE" in-use "Docker does not remove the network $NETWORK, a container uses it: $refused" ;;
        *) fail "$E_REFUSED" refused "Docker does not remove the network $NETWORK: $refused" ;;
        esac
    fi
}

look_at_pool() {
    get_resources ippool
    json_item "$NETWORK" <"$scratch/ippool.flat" >"$scratch/pool"
}

check_pool() {
    look_at_pool
    [ -s "$scratch/pool" ] || return 0
    case $NETWORK in
    default-ipv4-ippool) fail "$E_NOT_OURS" not-ours "The pool $NETWORK belongs to DC/OS." ;;
    esac
    if [ "$(json_value "metadata/labels/$MARK_LABEL" <"$scratch/pool")" != "$MARK" ]; then
        fail "$E_NOT_OURS" not-ours "The pool $NETWORK has not the label $MARK_LABEL=$MARK; it stays, and everything after it."
    fi
}

# Between this and the deletion nobody can get an address of the pool any more.
disable_pool() {
    if [ ! -s "$scratch/pool" ]; then
        say "There is no pool $NETWORK."
        return
    fi
    [ "$(json_value spec/disabled <"$scratch/pool")" != true ] || return 0
    if [ "$dry" = yes ]; then
        say "Would disable the pool $NETWORK."
        return
    fi
    if ! limited "$calicoctl" patch ippool "$NETWORK" --patch '{"spec":{"disabled":true}}' >"$scratch/answer"; then
        fail "$E_REFUSED" refused "Calico does not disable the pool $NETWORK: $(cat "$scratch/answer") $(errors)"
    fi
    look_at_pool
    if [ "$(json_value spec/disabled <"$scratch/pool")" != true ]; then
        fail "$E_REFUSED" refused "Calico says that it disabled the pool $NETWORK, and it is not."
    fi
    say "The pool $NETWORK is disabled."
}

delete_pool() {
    [ -s "$scratch/pool" ] || return 0
    if [ "$dry" = yes ]; then
        say "Would delete the pool $NETWORK."
        return
    fi
    check_endpoints
    check_tunnels
    if ! limited "$calicoctl" delete ippool "$NETWORK" >"$scratch/answer"; then
        fail "$E_REFUSED" refused "Calico does not delete the pool $NETWORK: $(cat "$scratch/answer") $(errors)"
    fi
    say "The pool $NETWORK is deleted."
}

delete_profiles() {
    get_resources profile
    get_resources ippool
    get_resources hostendpoint
    for profile in $WRITTEN_PROFILES; do
        delete_profile "$profile"
    done
}

delete_profile() {
    json_item "$1" <"$scratch/profile.flat" >"$scratch/profile"
    if [ ! -s "$scratch/profile" ]; then
        say "There is no profile $1."
        return
    fi
    if [ "$1" = calico ] || [ "$(json_value "metadata/labels/$MARK_LABEL" <"$scratch/profile")" != "$MARK" ]; then
        say "The profile $1 has not the label $MARK_LABEL=$MARK; it stays."
        return
    fi
    if awk -F '\t' -v name="$1" '$1 ~ /(^|\/)spec\/profiles\/[0-9]+$/ && $2 == name { found = 1 } END { exit !found }' "$scratch/endpoints" "$scratch/hostendpoint.flat"; then
        say "Workload or host endpoints use the profile $1; it stays."
        return
    fi
    # The pool itself names it until it is deleted, which a dry run does not do.
    if awk -F '\t' -v name="$1" -v dry="$dry" '
        $1 ~ /metadata\/name$/ { pool = $2 }
        $1 ~ /metadata\/annotations\/org.projectcalico.label.profile$/ && $2 == name && dry == "no" { found = 1 }
        END { exit !found }' "$scratch/ippool.flat"; then
        say "A pool of another Docker network names the profile $1; it stays."
        return
    fi
    if [ "$dry" = yes ]; then
        say "Would delete the profile $1."
    elif limited "$calicoctl" delete profile "$1" >"$scratch/answer"; then
        say "The profile $1 is deleted."
    else
        fail "$E_REFUSED" refused "Calico does not delete the profile $1: $(cat "$scratch/answer") $(errors)"
    fi
}

main() {
    step=${1:-}
    dry=no
    [ "${2:-}" != --dry-run ] || dry=yes
    trap 'rm -rf "$scratch"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    make_scratch
    find_programs
    case $step in
    check)
        ready
        check_containers
        find_network
        [ -z "$network_id" ] || check_network
        ;;
    cni)
        ready
        remove_cni_file
        ;;
    endpoints)
        ready
        need_calicoctl
        check_endpoints
        check_tunnels
        check_network
        check_pool
        ;;
    cluster)
        ready
        need_calicoctl
        check_endpoints
        check_tunnels
        check_network
        check_pool
        remove_network
        disable_pool
        delete_pool
        delete_profiles
        ;;
    *) fail "$E_USAGE" usage "The steps are check, cni, endpoints and cluster." ;;
    esac
    finish 'done' 0
}

main "$@"
END_OF_AGENT_PART
}

say() {
    printf '%s\n' "$*"
}

stop() {
    code=$1
    shift
    say "$*" >&2
    exit "$code"
}

usage() {
    stop 2 "$1; usage: rollback.sh [--dry-run] [AGENT...], or rollback.sh [--dry-run] --local check|cni|endpoints|cluster"
}

# Whoever logs in becomes root there; a POSIX shell decides that, whatever the login shell is. The words of the
# command are this script's own.
remote_command() {
    # shellcheck disable=SC2016 # expanded on the agent
    printf "sh -c 'if [ \"\$(id -u)\" -eq 0 ]; then exec sh -s -- %s; else exec sudo -n sh -s -- %s; fi'" "$1 $option" "$1 $option"
}

# on_agent STEP AGENT FILE
on_agent() {
    agent_part | ssh -o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=15 -- "$2" "$(remote_command "$1")" >"$3.out" 2>"$3.err" || :
}

# The code in the last line of what an agent printed; nothing where it did not come to an end.
code_of() {
    sed -n '$s/^calico-migrate: web - result=[a-z-]* code=\([0-9]*\)$/\1/p' "$1"
}

# on_all STEP: on every agent, a few at a time; stops unless every one of them is done.
on_all() {
    number=0
    while read -r agent; do
        number=$((number + 1))
        on_agent "$1" "$agent" "$scratch/$number" </dev/null &
        if [ $((number % AT_ONCE)) -eq 0 ]; then
            wait
        fi
    done <"$scratch/agents"
    wait
    number=0
    worst=0
    while read -r agent; do
        number=$((number + 1))
        report "$agent" "$scratch/$number"
    done <"$scratch/agents"
    [ "$worst" -eq 0 ] || stop "$worst" "Stopped at the step '$1'; nothing after it was done."
}

report() {
    code=$(code_of "$2.out")
    sed "s/^/$1: /" "$2.err"
    if [ -z "$code" ]; then
        say "$1: it is not known what happened there (ssh failed, or the step did not come to an end)"
        worst=32
    elif [ "$code" -ne 0 ]; then
        say "$1: not done (code $code)"
        [ "$worst" -ne 0 ] || worst=$code
    fi
}

on_first() {
    read -r agent <"$scratch/agents"
    on_agent "$1" "$agent" "$scratch/first" </dev/null
    worst=0
    report "$agent" "$scratch/first"
    [ "$worst" -eq 0 ] || stop "$worst" "Stopped at the step '$1'; run this script again when the reason is gone."
}

option=
local_step=
given_agents=
while [ $# -gt 0 ]; do
    case $1 in
    --dry-run) option=--dry-run ;;
    --local)
        [ $# -ge 2 ] || usage "--local needs a step"
        shift
        case $1 in
        check | cni | endpoints | cluster) local_step=$1 ;;
        *) usage "--local needs one of the steps" ;;
        esac
        ;;
    -* | '' | *[!A-Za-z0-9._-]*) usage "an option or an address that this script does not know" ;;
    *) given_agents="$given_agents $1" ;;
    esac
    shift
done

if [ -n "$local_step" ]; then
    # shellcheck disable=SC2086 # no option is no word
    agent_part | sh -s -- "$local_step" $option
    exit
fi

scratch=$(mktemp -d) || stop 25 "No temporary directory can be made: is the disk full?"
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM HUP
{
    known_agents
    # shellcheck disable=SC2086 # one word for each agent
    printf '%s\n' $given_agents
} | awk 'NF && !seen[$0]++' >"$scratch/agents"
[ -s "$scratch/agents" ] || usage "no agent is known: name all agents of the cluster"

say "1. Nothing may use 10.1.0.0/16 any more."
on_all check
on_first endpoints
say "2. The CNI file goes, agent by agent."
on_all cni
say "3. The Docker network, the pool and the profiles go."
on_first cluster
if [ -n "$option" ]; then
    say "Nothing was changed."
else
    say "The network web is gone."
fi
