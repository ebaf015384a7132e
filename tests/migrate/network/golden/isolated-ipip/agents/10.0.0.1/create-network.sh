#!/bin/sh
# Makes the Calico network back-office (10.2.0.0/20) on a DC/OS agent, or checks it.
# Made by calico-migrate; run it as root, from a file or from standard input, as often as you like:
#
#   sh create-network.sh [--preflight | --create | --join | --verify] [--dry-run] [--wait SECONDS]
#
# Without an option it is safe on all agents at the same moment: the one whose "calicoctl create" makes the
# IP pool creates the Docker network, all others wait for it and compare it with what it must be.
#
#   --preflight     only look whether this agent is ready for the network
#   --create        create the Docker network even where the pool is there already: on ONE agent only
#   --join          create nothing in the cluster, wait for the network and compare
#   --verify        compare at once and change nothing at all
#   --dry-run       say what would be done and change nothing
#   --wait SECONDS  how long to wait for a network that another agent makes (default 120)
#
# Exit codes; the last line on standard output repeats them as
# "calico-migrate: back-office AGENT result=WORD code=N", and without that line nothing is known:
#
#   2  usage: an option that the script does not know
#   10  not-root: the script was not started as root
#   11  docker-not-ready: Docker does not answer, has no cluster store, is in swarm mode, or has live-restore on
#   12  calico-not-ready: a plugin socket, Felix, the plugin's service, calicoctl or the tunnel address is missing
#   13  store-silent: the cluster store or Calico's datastore does not answer, so that nothing is known
#   14  other-network: a Docker network of this name has another driver, scope, subnet or profile
#   15  ambiguous: there are several Docker networks of this name
#   16  other-resource: the pool or a profile differs from the files
#   17  no-creator: the pool is there, but no agent made the network: run the script with --create on one agent
#   18  absent: the pool, a profile or the network is not there
#   19  other-annotation: the pool's annotation names another Docker network or profile
#   20  create-refused: Docker refused to create the network
#   21  no-answer: Docker gave no answer in time; the network may still come, so look again with --verify
#   22  resource-refused: Calico refused to create the pool or a profile
#   23  no-cni-file: the network is right, but its CNI file for UCR is missing, differs, or cannot be made
#   24  busy: an earlier run on this agent is still under way
#   25  not-written: a file cannot be written (is the disk full?)
set -eu

NETWORK='back-office'
CIDR='10.2.0.0/20'
PROFILE='back-office'
BLOCK_SIZE='28'
IPIP_MODE='Always'
VXLAN_MODE='Never'
NODE_SELECTOR='!all()'
TUNNEL_DEVICE='tunl0'
MARK_LABEL='calico-migrate.mark'
MARK='52fa33d512b01c5a'
WAIT='120'

# What this script does without an option, and whose it is in the last line.
ROLE='join'
AGENT='10.0.0.1'

# The pool and the profiles, as in ippool.yaml and profile.yaml.
POOL_YAML='apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: "back-office"
  labels:
    calico-migrate.mark: "52fa33d512b01c5a"
spec:
  cidr: "10.2.0.0/20"
  blockSize: 28
  ipipMode: Always
  vxlanMode: Never
  natOutgoing: true
  # Nobody gets an address of this pool without asking for it: other workloads and tunnels stay out.
  nodeSelector: "!all()"
'
UCR_PROFILE_YAML='apiVersion: projectcalico.org/v3
kind: Profile
metadata:
  name: "back-office"
  labels:
    calico-migrate.mark: "52fa33d512b01c5a"
spec:
  egress:
  - action: Allow
  ingress:
  - action: Allow
    source:
      selector: "has(calico-migrate.member/back-office)"
  labelsToApply:
    "back-office": ""
    "calico-migrate.member/back-office": ""
'
# Empty where Docker's containers use the network's own profile or one that DC/OS made.
DOCKER_PROFILE_YAML=''
# A profile's "spec" as path and value, one to a line.
PROFILE_SPEC='spec/egress/0/action	Allow
spec/ingress/0/action	Allow
spec/ingress/0/source/selector	has(calico-migrate.member/back-office)
spec/labelsToApply/back-office	
spec/labelsToApply/calico-migrate.member/back-office	'

E_USAGE=2
E_NOT_ROOT=10
E_DOCKER_NOT_READY=11
E_CALICO_NOT_READY=12
E_STORE_SILENT=13
E_OTHER_NETWORK=14
E_AMBIGUOUS=15
E_OTHER_RESOURCE=16
E_NO_CREATOR=17
E_ABSENT=18
E_OTHER_ANNOTATION=19
E_CREATE_REFUSED=20
E_NO_ANSWER=21
E_RESOURCE_REFUSED=22
E_NO_CNI_FILE=23
E_BUSY=24
E_NOT_WRITTEN=25

CNI_DIRECTORY=/opt/mesosphere/etc/dcos/network/cni
PLUGIN_DIRECTORY=/run/docker/plugins
# Docker and calicoctl answer within a second; a store that hangs makes them wait some six seconds.
ANSWER_LIMIT=40
# Docker itself tries for 15 seconds to reach a plugin, and a plugin may take long over one request.
CREATE_LIMIT=120
# --create on one agent looks for this long whether another agent is about to create the network.
SETTLE=10

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

# cni_transform: a CNI configuration with the network's name, its pool alone in every calico-ipam, and the
# mark; everything else of the agent's own file is kept. It fails where there is no name or no calico-ipam.
cni_transform() {
    awk -v network="$NETWORK" -v cidr="$CIDR" -v mark_key="$MARK_LABEL" -v mark="$MARK" '
    function put(s) { if (!skip) out = out s }
    function indent(   i, s) {
        s = "\n"
        for (i = 0; i < depth; i++) s = s "  "
        return s
    }
    function before_value() {
        if (depth > 0 && kind[depth] == "a") { put((members[depth] ? "," : "") indent()) }
        members[depth]++
    }
    function before_key(k) {
        put((members[depth] ? "," : "") indent() "\"" k "\": ")
    }
    function value(v) {
        if (depth > 0 && kind[depth] == "o") {
            if (!named[depth]) { broken = 1; return }
            if (depth == 1 && key[1] == "name") { v = "\"" network "\""; has_name = 1 }
            if (key[depth] == "type" && v == "\"calico-ipam\"" && depth > 1 && key[depth - 1] == "ipam") is_ipam[depth] = 1
            if (dropped(depth)) return
            before_key(key[depth])
            members[depth]++
        } else before_value()
        put(v)
    }
    function dropped(d) {
        if (d == 1 && key[1] == mark_key) return 1
        return d > 1 && key[d] == "ipv4_pools" && key[d - 1] == "ipam" && kind[d - 1] == "o"
    }
    function string(s) {
        if (depth > 0 && kind[depth] == "o" && !named[depth]) { key[depth] = s; named[depth] = 1 }
        else value("\"" s "\"")
    }
    function open(k, sign) {
        if (depth > 0 && kind[depth] == "o") {
            if (!named[depth]) { broken = 1; return }
            if (!skip && dropped(depth)) skip = depth + 1
            if (!skip) { before_key(key[depth]); members[depth]++ }
        } else before_value()
        put(sign)
        depth++
        kind[depth] = k; key[depth] = ""; named[depth] = 0; members[depth] = 0; is_ipam[depth] = 0
    }
    function close_one(k, sign,   any) {
        if (depth == 0 || kind[depth] != k) { broken = 1; return }
        if (is_ipam[depth]) {
            before_key("ipv4_pools")
            members[depth]++
            put("[\"" cidr "\"]")
            has_ipam = 1
        }
        if (depth == 1 && k == "o") {
            before_key(mark_key)
            members[depth]++
            put("\"" mark "\"")
        }
        any = members[depth]
        depth--
        if (any) put(indent())
        put(sign)
        if (skip > depth) skip = 0
    }
    function outside(s,   c) {
        while (s != "") {
            if (match(s, /^[ \t\r\n:]+/)) { s = substr(s, RLENGTH + 1); continue }
            c = substr(s, 1, 1)
            if (c == "{") open("o", "{")
            else if (c == "[") open("a", "[")
            else if (c == "}") close_one("o", "}")
            else if (c == "]") close_one("a", "]")
            else if (c == ",") named[depth] = 0
            else if (match(s, /^[-+.A-Za-z0-9]+/)) { value(substr(s, 1, RLENGTH)); s = substr(s, RLENGTH + 1); continue }
            else { broken = 1; return }
            s = substr(s, 2)
        }
    }
    BEGIN { RS = "\""; depth = 0; inside = 0; skip = 0; out = "" }
    !inside { outside($0); inside = 1; text = ""; next }
    {
        text = text $0
        slashes = 0
        while (slashes < length(text) && substr(text, length(text) - slashes, 1) == "\\") slashes++
        if (slashes % 2) { text = text "\""; next }
        string(text)
        inside = 0
    }
    END {
        if (broken || depth || !inside || members[0] != 1 || !has_name || !has_ipam) exit 1
        print out
    }
    '
}

usage() {
    fail "$E_USAGE" usage "$1; options: --preflight, --create, --join, --verify, --dry-run, --wait SECONDS"
}

read_options() {
    action=$ROLE
    dry=no
    while [ $# -gt 0 ]; do
        case $1 in
        --preflight) choose preflight ;;
        --create) choose create ;;
        --join) choose join ;;
        --verify) choose verify ;;
        --dry-run) dry=yes ;;
        --wait)
            [ $# -ge 2 ] || usage "--wait needs a number of seconds"
            shift
            case $1 in
            '' | *[!0-9]* | ?????*) usage "--wait needs a number of seconds from 0 to 9999" ;;
            esac
            # A leading zero would make it octal.
            WAIT=$1
            while :; do
                case $WAIT in
                0?*) WAIT=${WAIT#0} ;;
                *) break ;;
                esac
            done
            ;;
        *) usage "an option that this script does not know" ;;
        esac
        shift
    done
    # Whatever the role, these two change nothing.
    case $chosen in
    preflight | verify) dry=yes ;;
    esac
}

chosen=
choose() {
    [ -z "$chosen" ] || usage "only one of --preflight, --create, --join and --verify"
    chosen=$1
    action=$1
}

# Problems of the preflight are collected, so that one run names them all; the first decides the exit code.
problem_code=0
problem_word=
problem() {
    if [ "$problem_code" -eq 0 ]; then
        problem_code=$1
        problem_word=$2
    fi
    shift 2
    say "Not ready: $*"
}

preflight() {
    if [ "$(id -u)" -ne 0 ]; then
        fail "$E_NOT_ROOT" not-root "This script must run as root: start it with sudo."
    fi
    preflight_docker
    preflight_calico
    if [ "$problem_code" -ne 0 ]; then
        finish "$problem_word" "$problem_code"
    fi
}

docker_problem() {
    problem "$E_DOCKER_NOT_READY" docker-not-ready "$*"
}

calico_problem() {
    problem "$E_CALICO_NOT_READY" calico-not-ready "$*"
}

preflight_docker() {
    if [ -z "$docker" ]; then
        docker_problem "there is no docker command here; is this a DC/OS agent?"
        return
    fi
    if ! facts=$(limited "$docker" info --format '{{.Swarm.LocalNodeState}}|{{.LiveRestoreEnabled}}'); then
        docker_problem "Docker does not answer: $(errors)"
        return
    fi
    case $facts in
    inactive\|*) ;;
    *) docker_problem "Docker is in swarm mode (${facts%%|*}), which rules out a cluster store: docker swarm leave" ;;
    esac
    case $facts in
    *\|false) ;;
    *) docker_problem "Docker has live-restore on, which DC/OS does not support; set it to false in daemon.json" ;;
    esac
    find_cluster_store
    case $store in
    etcd://?*) ;;
    '') docker_problem "Docker has no cluster store, so that it cannot share a network (do NOT run 'docker swarm init'); look into /etc/docker/daemon.json and the service dcos-calico-libnetwork-plugin" ;;
    *) docker_problem "Docker's cluster store is $store, not an etcd as on DC/OS" ;;
    esac
}

preflight_calico() {
    [ -n "$calicoctl" ] || calico_problem "there is no /opt/mesosphere/bin/calicoctl; is Calico on in this cluster?"
    plugin_answers calico.sock NetworkDriver.GetCapabilities '"Scope":"global"'
    plugin_answers calico-ipam.sock IpamDriver.GetCapabilities '{'
    for unit in dcos-calico-felix dcos-calico-libnetwork-plugin; do
        if ! limited systemctl is-active "$unit.service" >/dev/null; then
            calico_problem "the service $unit is not active: systemctl status $unit"
        fi
    done
    if ! limited ip -4 -o addr show dev "$TUNNEL_DEVICE" | grep -q 'inet '; then
        calico_problem "$TUNNEL_DEVICE has no address, so that no traffic leaves this agent: systemctl restart dcos-calico-felix"
    fi
}

plugin_answers() {
    socket=$PLUGIN_DIRECTORY/$1
    if [ ! -S "$socket" ]; then
        calico_problem "the plugin's socket $socket is missing: systemctl restart dcos-calico-libnetwork-plugin"
        return
    fi
    [ -n "$socket_curl" ] || return 0
    answer=$(limited "$socket_curl" -s --noproxy '*' --max-time 10 --unix-socket "$socket" -X POST -d '{}' "http://localhost/$2") || answer=
    case $(printf '%s' "$answer" | tr -d ' \n') in
    *"$3"*) ;;
    '') calico_problem "the plugin behind $socket does not answer within 10 seconds: systemctl restart dcos-calico-libnetwork-plugin" ;;
    *) calico_problem "the plugin behind $socket says something else than Calico's does: $(printf '%s' "$answer" | tr '\n' ' ' | cut -c 1-200)" ;;
    esac
}

compare_network() {
    if ! facts=$(limited "$docker" network inspect --format '{{.Driver}}|{{.Scope}}|{{.IPAM.Driver}}|{{range .IPAM.Config}}{{.Subnet}} {{end}}|{{index .Options "org.projectcalico.profile"}}|{{index .Labels "'"$MARK_LABEL"'"}}' "$network_id"); then
        fail "$E_STORE_SILENT" store-silent "Docker listed the network $NETWORK and cannot describe it: $(errors)"
    fi
    different=
    rest=$facts
    compare_next driver calico
    compare_next scope global
    compare_next "IPAM driver" calico-ipam
    compare_next subnet "$CIDR "
    compare_next profile "$PROFILE"
    if [ -n "$different" ]; then
        fail "$E_OTHER_NETWORK" other-network "The Docker network $NETWORK ($network_id) is not the one that was promised. Nothing was changed: choose another name, or remove that network and run this script again."
    fi
    network_mark=$rest
    [ "$network_mark" = "$MARK" ] || say "Note: the Docker network $NETWORK has not the label $MARK_LABEL=$MARK, so that rollback.sh will not remove it."
}

# compare_next WHAT EXPECTED: takes the next of the fields in $rest.
compare_next() {
    actual=${rest%%|*}
    rest=${rest#*|}
    if [ "$actual" != "$2" ]; then
        different=yes
        say "Its $1 is '${actual% }', not '${2% }'."
    fi
}

look_at_resources() {
    get_resources ippool
    json_item "$NETWORK" <"$scratch/ippool.flat" >"$scratch/pool"
    get_resources profile
    json_item "$NETWORK" <"$scratch/profile.flat" >"$scratch/ucr-profile"
    json_item "$PROFILE" <"$scratch/profile.flat" >"$scratch/docker-profile"
}

compare_resources() {
    different=
    if [ -s "$scratch/pool" ]; then
        compare_field cidr "" "$CIDR"
        compare_field blockSize 26 "$BLOCK_SIZE"
        compare_field ipipMode Never "$IPIP_MODE"
        compare_field vxlanMode Never "$VXLAN_MODE"
        compare_field natOutgoing false true
        compare_field disabled false false
        compare_field nodeSelector "all()" "$NODE_SELECTOR"
        marked pool "$scratch/pool"
    fi
    compare_profile "$NETWORK" "$scratch/ucr-profile"
    if [ "$PROFILE" != "$NETWORK" ]; then
        # A profile that somebody else made is used as it is.
        if [ "$(json_value "metadata/labels/$MARK_LABEL" <"$scratch/docker-profile")" = "$MARK" ]; then
            compare_profile "$PROFILE" "$scratch/docker-profile"
        elif [ -s "$scratch/docker-profile" ]; then
            say "The profile $PROFILE is there already and is used as it is."
        elif [ -z "$DOCKER_PROFILE_YAML" ]; then
            fail "$E_ABSENT" absent "The profile $PROFILE, which the network uses, is not there."
        fi
    fi
    if [ -n "$different" ]; then
        fail "$E_OTHER_RESOURCE" other-resource "Nothing was changed: generate the files again to fit what is there, or choose another name."
    fi
}

compare_field() {
    actual=$(json_value "spec/$1" <"$scratch/pool")
    if [ "${actual:-$2}" != "$3" ]; then
        different=yes
        say "The pool $NETWORK differs: $1 is '${actual:-$2}', the file says '$3'."
    fi
}

compare_profile() {
    [ -s "$2" ] || return 0
    awk -F '\t' '$1 ~ /^spec\// && $2 != "{}" && $2 != "[]" && $2 != "null" { print }' "$2" >"$scratch/spec"
    printf '%s\n' "$PROFILE_SPEC" >"$scratch/promised"
    awk 'FILENAME == ARGV[1] { promised[$0] = 1; next } !($0 in promised) { print }' "$scratch/promised" "$scratch/spec" >"$scratch/more"
    awk 'FILENAME == ARGV[1] { actual[$0] = 1; next } !($0 in actual) { print }' "$scratch/spec" "$scratch/promised" >"$scratch/less"
    if [ -s "$scratch/more" ] || [ -s "$scratch/less" ]; then
        different=yes
        say "The profile $1 differs (- in the file, + in the cluster):"
        sed 's/^/    - /' "$scratch/less" >&2
        sed 's/^/    + /' "$scratch/more" >&2
    fi
    marked "profile $1" "$2"
}

marked() {
    if [ "$(json_value "metadata/labels/$MARK_LABEL" <"$2")" != "$MARK" ]; then
        say "Note: the $1 has not the label $MARK_LABEL=$MARK, so that rollback.sh will not remove it."
    fi
}

create_resource() {
    printf '%s\n' "$2" >"$scratch/resource.yaml" || fail "$E_NOT_WRITTEN" not-written "$scratch cannot be written: is the disk full?"
    case $1 in
    once) limited "$calicoctl" create -f "$scratch/resource.yaml" >"$scratch/created" ;;
    *) limited "$calicoctl" create --skip-exists -f "$scratch/resource.yaml" >"$scratch/created" ;;
    esac
}

# A profile must be there before the first container: Felix lets nothing through to a missing one.
ensure_profiles() {
    ensure_profile "$scratch/ucr-profile" "$NETWORK" "$UCR_PROFILE_YAML"
    [ -z "$DOCKER_PROFILE_YAML" ] || ensure_profile "$scratch/docker-profile" "$PROFILE" "$DOCKER_PROFILE_YAML"
}

ensure_profile() {
    [ ! -s "$1" ] || return 0
    if [ "$action" = join ]; then
        return 0
    fi
    if [ "$dry" = yes ]; then
        say "Would create the profile $2."
    elif create_resource always "$3"; then
        say "The profile $2 is there."
    else
        fail "$E_RESOURCE_REFUSED" resource-refused "Calico does not create the profile $2: $(cat "$scratch/created") $(errors)"
    fi
}

# Sets won: whether this run made the pool. Creating it is one transaction, so that one agent wins.
create_pool() {
    won=no
    if create_resource once "$POOL_YAML"; then
        won=yes
        say "The pool $NETWORK ($CIDR) is created."
        return
    fi
    refusal="$(cat "$scratch/created") $(errors)"
    look_at_resources
    if [ ! -s "$scratch/pool" ]; then
        fail "$E_RESOURCE_REFUSED" resource-refused "Calico does not create the pool $NETWORK: $refusal"
    fi
    compare_resources
}

short_sleep() {
    sleep 0.5 2>/dev/null || sleep 1
}

# wait_for_network SECONDS: until find_network finds it; fails when the time is over.
wait_for_network() {
    deadline=$(($(date +%s) + $1))
    while :; do
        find_network
        [ -z "$network_id" ] || return 0
        [ "$(date +%s)" -lt "$deadline" ] || return 1
        short_sleep
    done
}

create_network() {
    say "Creating the Docker network $NETWORK ($CIDR, profile $PROFILE)."
    # The client keeps the lock while Docker works, so that a second run cannot create a second network.
    (
        answer=0
        "$docker" network create --driver calico --ipam-driver calico-ipam --subnet "$CIDR" \
            --opt "org.projectcalico.profile=$PROFILE" --label "$MARK_LABEL=$MARK" "$NETWORK" \
            </dev/null >"$scratch/created" 2>"$scratch/create-errors" || answer=$?
        echo "$answer" >"$scratch/create-code"
    ) >/dev/null 2>&1 &
    child=$!
    deadline=$(($(date +%s) + CREATE_LIMIT))
    while [ ! -s "$scratch/create-code" ]; do
        if ! kill -0 "$child" 2>/dev/null && [ ! -s "$scratch/create-code" ]; then
            break
        fi
        if [ "$(date +%s)" -ge "$deadline" ]; then
            look_again
            return
        fi
        sleep 0.1 2>/dev/null || sleep 1
    done
    if [ "$(cat "$scratch/create-code" 2>/dev/null)" != 0 ]; then
        refused=$(tr '\n' ' ' <"$scratch/create-errors")
        # Somebody else may have been faster, and a store that fails at the end may have kept the network.
        find_network
        if [ -z "$network_id" ]; then
            fail "$E_CREATE_REFUSED" create-refused "Docker does not create the network $NETWORK: $refused"
        fi
        say "Docker said: $refused"
        return
    fi
    created=yes
    wait_for_network 5 || fail "$E_NO_ANSWER" no-answer "Docker says that it created $NETWORK and does not list it; look again with --verify."
}

look_again() {
    find_network
    [ -z "$network_id" ] || return 0
    fail "$E_NO_ANSWER" no-answer "Docker has not answered for $CREATE_LIMIT seconds; the network may still come. Look again with --verify; until Docker answers, a second run here waits."
}

compare_annotation() {
    # The plugin writes the annotation while it creates the network; a joining agent may be a little early.
    deadline=$(($(date +%s) + ${1:-0}))
    while :; do
        annotated=$(json_value metadata/annotations/org.projectcalico.label.network.ID <"$scratch/pool")
        annotated_profile=$(json_value metadata/annotations/org.projectcalico.label.profile <"$scratch/pool")
        if [ "$annotated" = "$network_id" ] && [ "$annotated_profile" = "$PROFILE" ]; then
            return 0
        fi
        [ "$(date +%s)" -lt "$deadline" ] || break
        sleep 1
        look_at_resources
    done
    say "The pool $NETWORK belongs to the Docker network '${annotated:-none}' with profile '${annotated_profile:-none}' by its annotations,"
    say "but the Docker network $NETWORK is $network_id with profile $PROFILE: its containers cannot start."
    if [ -z "$annotated" ] && [ "$network_mark" = "$MARK" ]; then
        if [ "$dry" = no ] && { [ "$created" = yes ] || [ "$action" = create ]; } && [ "$remade" = no ]; then
            remake_network
            return
        fi
        fail "$E_OTHER_ANNOTATION" other-annotation "Run this script with --create on one agent: it makes the network anew as long as no container uses it."
    fi
    fail "$E_OTHER_ANNOTATION" other-annotation "See which network has that id; remove the wrong one by id (docker network rm; no container may use it), then run this script with --create on one agent."
}

# A plugin that dies at the wrong moment makes Docker ask again without saying which pool it wants, and the
# network that comes of it belongs to no pool. Docker refuses to remove a network that a container uses.
remade=no
remake_network() {
    remade=yes
    say "Making the Docker network $NETWORK anew."
    if ! limited "$docker" network rm "$network_id" >/dev/null; then
        fail "$E_OTHER_ANNOTATION" other-annotation "Docker does not remove the network $network_id: $(errors)"
    fi
    create_network
    look_at_resources
    compare_network
    compare_annotation 2
}

# The CNI file for UCR is the agent's own calico.conf with another name and this pool alone.
check_cni_file() {
    source_file=$CNI_DIRECTORY/calico.conf
    cni_file=$CNI_DIRECTORY/$NETWORK.conf
    if [ ! -r "$source_file" ]; then
        fail "$E_NO_CNI_FILE" no-cni-file "$source_file is missing, so that there is nothing to make the CNI file of $NETWORK from."
    fi
    if ! cni_transform <"$source_file" >"$scratch/cni"; then
        fail "$E_NO_CNI_FILE" no-cni-file "$source_file has no network name or no calico-ipam, so that no CNI file can be made from it."
    fi
    for other in "$CNI_DIRECTORY"/*; do
        [ "$other" != "$cni_file" ] && [ -f "$other" ] || continue
        if [ "$(json_flat <"$other" 2>/dev/null | json_value name)" = "$NETWORK" ]; then
            fail "$E_NO_CNI_FILE" no-cni-file "$other is a CNI file of the same name; Mesos takes only one."
        fi
    done
    cni_state=absent
    if [ -e "$cni_file" ]; then
        cni_state=same
        if ! cmp -s "$scratch/cni" "$cni_file"; then
            cni_state=other
            if [ "$(json_flat <"$cni_file" 2>/dev/null | json_value "$MARK_LABEL")" != "$MARK" ]; then
                fail "$E_NO_CNI_FILE" no-cni-file "$cni_file was not made by this script and stays as it is; move it away and run this script again."
            fi
        fi
    fi
}

ensure_cni_file() {
    check_cni_file
    [ "$cni_state" != same ] || return 0
    if [ "$action" = verify ]; then
        fail "$E_NO_CNI_FILE" no-cni-file "The CNI file $cni_file is missing or outdated: run this script with --join."
    fi
    if [ "$dry" = yes ]; then
        say "Would write $cni_file."
        return 0
    fi
    # Mesos reads every file of the directory, so that the new one is made beside it.
    new_file=$CNI_DIRECTORY/../.$NETWORK.conf.new
    if ! cat "$scratch/cni" >"$new_file" 2>/dev/null || ! chmod 644 "$new_file" || ! mv -f "$new_file" "$cni_file"; then
        rm -f "$new_file"
        fail "$E_NOT_WRITTEN" not-written "$cni_file cannot be written: is the disk full?"
    fi
    say "The CNI file $cni_file is written."
}

# One run at a time on an agent; the lock ends with the last process that holds it, however that ends.
lock() {
    [ "$dry" = no ] || return 0
    command -v flock >/dev/null || return 0
    lock_file=/run/calico-migrate-$NETWORK.lock
    # A redirection that fails would end the shell at once, without a word.
    (: >>"$lock_file") 2>/dev/null || fail "$E_NOT_WRITTEN" not-written "$lock_file cannot be written."
    exec 9>>"$lock_file"
    deadline=$(($(date +%s) + WAIT))
    until flock -n 9; do
        if [ "$(date +%s)" -ge "$deadline" ]; then
            fail "$E_BUSY" busy "An earlier run of this script, or Docker on its behalf, is still at work on this agent."
        fi
        sleep 1
    done
}

# The network is there: everything must fit, and what an interrupted run left out is made up for.
settle_present() {
    compare_network
    if [ ! -s "$scratch/pool" ]; then
        fail "$E_ABSENT" absent "The Docker network $NETWORK is there, but the pool $NETWORK is not: its containers cannot start. Remove it (docker network rm $network_id), then run this script with --create on one agent."
    fi
    if [ "$action" = verify ] || [ "$action" = join ]; then
        [ -s "$scratch/ucr-profile" ] || fail "$E_ABSENT" absent "The profile $NETWORK is not there: run this script with --create on one agent."
        [ -s "$scratch/docker-profile" ] || fail "$E_ABSENT" absent "The profile $PROFILE is not there: run this script with --create on one agent."
    fi
    compare_annotation "${1:-0}"
    ensure_profiles
    ensure_cni_file
}

no_creator() {
    if [ -s "$scratch/pool" ]; then
        say "The pool $NETWORK is there, but no agent has made the Docker network within $WAIT seconds."
        say "The agent that was to do it is down or its run was killed. On ONE agent of your choice, as root:"
        say "    sh create-network.sh --create"
        fail "$E_NO_CREATOR" no-creator "Then run this script here again."
    fi
    fail "$E_ABSENT" absent "There is neither a pool nor a Docker network $NETWORK after $WAIT seconds: run this script with --create on one agent."
}

run_verify() {
    [ -n "$network_id" ] || fail "$E_ABSENT" absent "There is no Docker network $NETWORK on this agent."
    settle_present 0
    say "Everything is as promised."
    finish verified 0
}

run_dry() {
    if [ -n "$network_id" ]; then
        settle_present 0
        say "The Docker network $NETWORK is there and right."
        finish would-join 0
    fi
    if [ "$action" = join ]; then
        say "Would wait up to $WAIT seconds for the Docker network $NETWORK."
    else
        ensure_profiles
        [ -s "$scratch/pool" ] || say "Would create the pool $NETWORK ($CIDR)."
        if [ -s "$scratch/pool" ] && [ "$action" = any ]; then
            say "The pool is there: would wait up to $WAIT seconds for the Docker network $NETWORK."
        else
            say "Would create the Docker network $NETWORK."
        fi
    fi
    ensure_cni_file
    finish would-create 0
}

run_create() {
    ensure_profiles
    create_pool
    if [ "$won" = yes ]; then
        create_network
    elif [ "$action" = create ]; then
        # The script is to create, but whoever made the pool just now is at it already.
        if [ "$SETTLE" -gt "$WAIT" ]; then
            SETTLE=$WAIT
        fi
        wait_for_network "$SETTLE" || create_network
    else
        say "The pool is there: waiting up to $WAIT seconds for the Docker network $NETWORK."
        wait_for_network "$WAIT" || no_creator
    fi
}

main() {
    read_options "$@"
    trap 'rm -rf "$scratch"' EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    make_scratch
    find_programs
    preflight
    if [ "$action" = preflight ]; then
        say "This agent is ready for the network $NETWORK."
        finish ready 0
    fi
    lock
    # In this order: whoever sees a network sees the pool that was made before it.
    find_network
    look_at_resources
    compare_resources
    created=no
    early=0
    if [ "$action" = verify ]; then
        run_verify
    fi
    if [ "$dry" = yes ]; then
        run_dry
    fi
    if [ -z "$network_id" ]; then
        early=2
        if [ "$action" = join ]; then
            say "Waiting up to $WAIT seconds for the Docker network $NETWORK."
            if ! wait_for_network "$WAIT"; then
                look_at_resources
                no_creator
            fi
        else
            run_create
            # Two of one name, should another agent have been told to create at the same moment.
            find_network
        fi
        look_at_resources
        compare_resources
    fi
    settle_present "$early"
    if [ "$created" = yes ]; then
        say "The Docker network $NETWORK is created."
        finish created 0
    fi
    say "The Docker network $NETWORK is there and right."
    finish present 0
}

main "$@"
