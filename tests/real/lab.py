"""A cluster on one machine: agents in namespaces with a real dockerd and sshd each, and one real etcd.

Agent N has the address 10.99.0.N in a network that exists only inside the lab's own network namespace; the
"workstation" is that namespace. Servers are ended by process id.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

STAND_INS = Path(__file__).resolve().parent / "stand_ins"
PROGRAMS = {
    "dockerd": "docker.io",
    "etcd": "etcd-server",
    "ip": "iproute2",
    "nsenter": "util-linux",
    "unshare": "util-linux",
    "ssh": "openssh-client",
    "ssh-keygen": "openssh-client",
    "curl": "curl",
    "busybox": "busybox",
    "dash": "dash",
}
SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
ETCD = "10.99.0.254:2379"


def obstacle() -> str | None:
    """Why a lab cannot be started on this machine; None where it can."""
    if sys.platform != "linux":
        return "the real parts need Linux"
    if os.geteuid() != 0:
        return "the real parts need root, for namespaces and dockerd"
    for program, package in PROGRAMS.items():
        if shutil.which(program, path=SYSTEM_PATH) is None:
            return f"{program} is missing (Debian package {package})"
    if not Path("/usr/sbin/sshd").exists():
        return "sshd is missing (Debian package openssh-server)"
    tried = subprocess.run(
        ["unshare", "-n", "-m", "-p", "-u", "--fork", "--kill-child", "--mount-proc", "true"],
        capture_output=True,
        text=True,
        check=False,
    )
    if tried.returncode:
        return f"namespaces cannot be made here: {tried.stderr.strip()}"
    return None


class Ended(NamedTuple):
    """How a command on an agent ended."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def marker(self) -> str:
        """The last line of the output."""
        return self.out.rstrip("\n").rpartition("\n")[2]


class Agent:
    """One agent: its number, its directory, and the first process inside its namespaces."""

    def __init__(self, lab: Lab, number: int) -> None:
        self.lab = lab
        self.number = number
        self.directory = lab.directory / f"agent{number}"
        self.pid = 0

    @property
    def address(self) -> str:
        """Its address in the lab's network."""
        return f"10.99.0.{self.number}"

    def start_command(
        self,
        command: Sequence[str],
        *,
        stdin: int | None = subprocess.PIPE,
        env: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[str]:
        """A command inside the agent, as root."""
        return subprocess.Popen(
            ["nsenter", "-t", str(self.pid), "-m", "-n", "-p", "-u", *command],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd="/",
            env={"PATH": SYSTEM_PATH, **(env or {})},
        )

    def run(
        self, *command: str, stdin: str = "", timeout: float = 200, env: Mapping[str, str] | None = None
    ) -> Ended:
        """Runs a command inside the agent to its end."""
        started = time.monotonic()
        process = self.start_command(command, env=env)
        try:
            out, err = process.communicate(stdin, timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        return Ended(process.returncode, out, err, time.monotonic() - started)

    def script(
        self, text: bytes, *options: str, shell: Sequence[str] = ("sh",), timeout: float = 200
    ) -> Ended:
        """Sends a script on standard input to a shell inside the agent."""
        return self.run(*shell, "-s", "--", *options, stdin=text.decode(), timeout=timeout)

    def networks(self, name: str) -> list[str]:
        """The ids of Docker's networks of a name, as this agent sees them."""
        listed = self.run("docker", "network", "ls", "--no-trunc", "--format", "{{.ID}} {{.Name}}")
        return [line.split()[0] for line in listed.out.splitlines() if line.split()[1] == name]

    def inspect(self, name: str) -> dict[str, Any]:
        """``docker network inspect`` of the one network of a name."""
        (network_id,) = self.networks(name)
        inspected = self.run("docker", "network", "inspect", network_id)
        found: dict[str, Any] = json.loads(inspected.out)[0]
        return found

    def cni_file(self, name: str) -> str | None:
        """The text of a network's CNI file; None where there is none."""
        shown = self.run("cat", f"/opt/mesosphere/etc/dcos/network/cni/{name}.conf")
        return shown.out if shown.code == 0 else None

    def control(self, name: str, value: str | None) -> None:
        """Tells the stand-ins how to behave; None takes it back."""
        command = (
            f"rm -f /run/control/{name}" if value is None else f"printf %s '{value}' >/run/control/{name}"
        )
        assert self.run("sh", "-c", command).code == 0

    def docker_is_ready(self) -> bool:
        """Whether dockerd answers."""
        return self.run("docker", "version", "--format", "{{.Server.Version}}").code == 0


class Lab:
    """The lab with its agents; `stop` ends everything that `start` began."""

    def __init__(self, directory: Path, count: int, *, docker: bool = True) -> None:
        self.directory = directory
        self.docker = docker
        self.name = f"cm{os.getpid()}x{abs(hash(str(directory))) % 10000}"
        self.agents = [Agent(self, number) for number in range(1, count + 1)]
        self._processes: list[subprocess.Popen[bytes]] = []
        self._etcd: subprocess.Popen[bytes] | None = None
        self.alive = False

    def start(self) -> None:
        """Starts everything and waits until all agents answer."""
        self.directory.mkdir(parents=True, exist_ok=True)
        (self.directory / "store").mkdir()
        self._write_ssh_files()
        _do("ip", "netns", "add", self.name)
        self._inside("ip", "link", "set", "lo", "up")
        self._inside("ip", "link", "add", "br0", "type", "bridge")
        self._inside("ip", "link", "set", "br0", "up")
        self._inside("ip", "addr", "add", "10.99.0.254/24", "dev", "br0")
        if self.docker:
            self.start_etcd()
        for agent in self.agents:
            self._start_agent(agent)
        self._await_agents()
        self.alive = True

    def stop(self) -> None:
        """Ends every process that was started, by its id, and removes the network namespaces."""
        self.alive = False
        for agent in self.agents:
            if agent.pid:
                _kill(agent.pid)
        self.stop_etcd()
        for process in self._processes:
            if process.poll() is None:
                process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for agent in self.agents:
            _do("ip", "netns", "del", f"{self.name}a{agent.number}", check=False)
        _do("ip", "netns", "del", self.name, check=False)

    def start_etcd(self) -> None:
        """Starts etcd on its old data, and waits for it."""
        data = self.directory / "etcd"
        with open(self.directory / "etcd.log", "ab") as log:
            self._etcd = subprocess.Popen(
                [
                    *self._enter(),
                    "etcd",
                    "--data-dir",
                    str(data),
                    "--enable-v2=true",
                    f"--listen-client-urls=http://{ETCD}",
                    f"--advertise-client-urls=http://{ETCD}",
                    "--listen-peer-urls=http://127.0.0.1:2380",
                ],
                stdout=log,
                stderr=log,
            )
        _wait_for(
            "etcd", lambda: self.inside("curl", "-sf", "--max-time", "2", f"http://{ETCD}/health").code == 0
        )

    def stop_etcd(self) -> None:
        """Ends etcd; its data stays."""
        if self._etcd is not None:
            self._etcd.kill()
            self._etcd.wait()
            self._etcd = None

    def inside(
        self, *command: str, stdin: str = "", env: Mapping[str, str] | None = None, timeout: float = 300
    ) -> Ended:
        """Runs a command on the workstation: in the lab's network, with ssh made ready for its agents."""
        started = time.monotonic()
        done = subprocess.run(
            [*self._enter(), *command],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=timeout,
            env={
                "PATH": f"{self.directory / 'bin'}:{SYSTEM_PATH}",
                "HOME": str(self.directory),
                **(env or {}),
            },
        )
        return Ended(done.returncode, done.stdout, done.stderr, time.monotonic() - started)

    def resource(self, kind: str, name: str) -> dict[str, Any] | None:
        """A resource in the stand-ins' store."""
        path = self.directory / "store" / kind / f"{name}.json"
        if not path.exists():
            return None
        found: dict[str, Any] = json.loads(path.read_text())
        return found

    def put_resource(self, resource: Mapping[str, Any]) -> None:
        """Puts a resource into the stand-ins' store."""
        path = self.directory / "store" / str(resource["kind"]) / f"{resource['metadata']['name']}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(resource))

    def clear(self, name: str) -> None:
        """Removes every trace of a network, whatever state it is in."""
        for network_id in self.agents[0].networks(name):
            self.agents[0].run("docker", "network", "rm", network_id)
        for kind in ("IPPool", "Profile"):
            (self.directory / "store" / kind / f"{name}.json").unlink(missing_ok=True)
        for agent in self.agents:
            agent.run("rm", "-f", f"/opt/mesosphere/etc/dcos/network/cni/{name}.conf")

    @property
    def ssh_config(self) -> Path:
        """The configuration for OpenSSH that knows the agents."""
        return self.directory / "ssh_config"

    def _write_ssh_files(self) -> None:
        for name in ("host_key", "user_key"):
            _do("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(self.directory / name))
        public = (self.directory / "host_key.pub").read_text().split()
        known = self.directory / "known_hosts"
        known.write_text("".join(f"{agent.address} {public[0]} {public[1]}\n" for agent in self.agents))
        (self.directory / "sshd_config").write_text(
            "Port 22\n"
            f"HostKey {self.directory}/host_key\n"
            f"AuthorizedKeysFile {self.directory}/user_key.pub\n"
            "StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin prohibit-password\n"
            f"PidFile none\nUseDNS no\nMaxStartups 100\nSetEnv PATH={SYSTEM_PATH}\n"
            "Subsystem sftp internal-sftp\n"
        )
        self.ssh_config.write_text(
            "Host *\n    User root\n    StrictHostKeyChecking yes\n    LogLevel ERROR\n"
            f"    UserKnownHostsFile {known}\n    IdentityFile {self.directory}/user_key\n"
            "    IdentitiesOnly yes\n"
        )
        programs = self.directory / "bin"
        programs.mkdir()
        (programs / "ssh").write_text(f'#!/bin/sh\nexec /usr/bin/ssh -F "{self.ssh_config}" "$@"\n')
        (programs / "ssh").chmod(0o755)

    def _start_agent(self, agent: Agent) -> None:
        namespace, number = f"{self.name}a{agent.number}", str(agent.number)
        agent.directory.mkdir()
        _do("ip", "netns", "add", namespace)
        self._inside("ip", "link", "add", f"v{number}", "type", "veth", "peer", "name", f"p{number}")
        self._inside("ip", "link", "set", f"p{number}", "netns", namespace)
        self._inside("ip", "link", "set", f"v{number}", "master", "br0", "up")
        into = ["nsenter", f"--net=/run/netns/{namespace}"]
        _do(*into, "ip", "link", "set", f"p{number}", "name", "eth0")
        _do(*into, "ip", "link", "set", "lo", "up")
        _do(*into, "ip", "addr", "add", f"{agent.address}/24", "dev", "eth0")
        _do(*into, "ip", "link", "set", "eth0", "up")
        _do(*into, "ip", "route", "add", "default", "via", "10.99.0.254")
        with open(agent.directory / "init.log", "wb") as log:
            process = subprocess.Popen(
                [
                    *into,
                    *["unshare", "-m", "-p", "-u", "--fork", "--kill-child", "--mount-proc"],
                    *["--propagation", "private", "sh", str(STAND_INS / "agent_init.sh"), number],
                    *[str(agent.directory), str(self.directory), sys.executable, str(STAND_INS)],
                    ETCD if self.docker else "none",
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={"PATH": SYSTEM_PATH},
            )
        self._processes.append(process)

    def _await_agents(self) -> None:
        for agent, process in zip(self.agents, self._processes, strict=True):
            _wait_for(f"the first process of agent {agent.number}", lambda p=process: _child_of(p.pid) != 0)
            agent.pid = _child_of(process.pid)
            _wait_for(
                f"sshd of agent {agent.number}",
                lambda a=agent: self.inside("bash", "-c", f": </dev/tcp/{a.address}/22").code == 0,
            )
        if self.docker:
            for agent in self.agents:
                _wait_for(f"dockerd of agent {agent.number}", agent.docker_is_ready)

    def _enter(self) -> list[str]:
        # "ip netns exec" would mount another /sys, under which dockerd does not start.
        return ["nsenter", f"--net=/run/netns/{self.name}"]

    def _inside(self, *command: str) -> None:
        _do(*self._enter(), *command)


def _do(*command: str, check: bool = True) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")


def _wait_for(what: str, ready: Any, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise RuntimeError(f"{what} did not come up within {seconds:.0f} seconds")
        time.sleep(0.05)


def _child_of(pid: int) -> int:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    return int(children[0]) if children else 0


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
