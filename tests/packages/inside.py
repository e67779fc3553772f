# SPDX-License-Identifier: AGPL-3.0-or-later
"""The life of the packages on one machine (root.sh): installed, set up, serving, upgraded, taken away. Runs as root of a clean container that has no
network. Each step goes on from the one before."""
import glob
import grp
import json
import os
import pathlib
import pwd
import re
import signal
import socket
import stat

import neighbour
import through_tor
from steps import expect, is_active, run, run_all, shown, step, wait_until

TEST = pathlib.Path("/test")
ETC = pathlib.Path("/etc/candour")
DATA = pathlib.Path("/var/lib/candour")
UNITS = ("candourd.service", "candour-keyholder.service", "candour-tor.service", "candour-firewall.service", "candour-notify.timer")
TOR = pathlib.Path("/var/lib/candour-tor")
PRISTINE = pathlib.Path("/usr/share/candour/candourd.toml")
APT = ("apt-get", "-y", "-o", "Dpkg::Use-Pty=0")  # nobody is there to answer what dpkg might ask
os.umask(0o077)  # as root often has it: what others read has its mode all the same
os.environ |= {"DEBIAN_FRONTEND": "noninteractive", "CANDOUR_PASSPHRASE_FILE": "/test/passphrase", "HOME": "/test/home"}


def install(folder, *options):
    return run(*APT, "install", "--allow-downgrades", *options, *glob.glob(f"{TEST}/{folder}/*.deb"))


def mode(path):
    status = os.stat(path)
    return pwd.getpwuid(status.st_uid).pw_name, grp.getgrgid(status.st_gid).gr_name, oct(stat.S_IMODE(status.st_mode))


def main_pid(unit="candourd"):
    return int(shown(unit, "MainPID"))


def address(name):
    return "http://" + (TOR / name / "hostname").read_text().strip()


def words_of_the_desk():
    return run("candour", "fingerprint", "root.pin", "--desk", address("desk")).strip()


def refused_keys():
    """What our Tor has said of files in authorized_clients."""
    said = run("journalctl", "--namespace=candour", "-u", "candour-tor", "-o", "cat")
    return [line for line in said.splitlines() if "authoriz" in line.lower()]


def inbox():
    with through_tor.onion("desk") as server:
        said = run("candour", "inbox", "--server", server, "--origin", address("desk"), "--key", f"{TEST}/robin.key", "--json")
    return json.loads(said.splitlines()[-1])["reports"]


def listening():
    """Of all of this container's network: what listens for TCP (state 0A), or has a UDP port."""
    found = []
    for name, states in (("tcp", "0A"), ("tcp6", "0A"), ("udp", ""), ("udp6", "")):
        for line in pathlib.Path(f"/proc/net/{name}").read_text().splitlines()[1:]:
            if not states or line.split()[3] == states:
                found.append(f"{name} {line}")
    return found


@step
def installing_starts_nothing_and_says_what_is_next():
    expect(install("debs"), "nothing runs yet", "candour setup")
    for unit in UNITS:
        assert run("systemctl", "is-enabled", unit, check=False).strip() == "disabled", unit
        assert not is_active(unit), unit
    assert mode(DATA) == ("candour", "candour", "0o700"), mode(DATA)
    assert mode("/var/lib/candour-tor") == ("candour-tor", "candour-tor", "0o700")
    assert mode(ETC / "secrets") == ("candour", "candour", "0o700")
    for folder in ("/etc/candour-keyholder", "/var/lib/candour-keyholder"):
        assert mode(folder) == ("candour-keyholder", "candour-keyholder", "0o700"), mode(folder)
    assert mode("/run/candour-holders") == ("candour", "candour-keyholder", "0o2710"), mode("/run/candour-holders")
    for folder in (ETC, ETC / "tor.d", "/usr/share/candour/pages"):
        assert mode(folder) == ("root", "root", "0o755"), folder
    assert mode(ETC / "candourd.toml") == ("root", "root", "0o644"), mode(ETC / "candourd.toml")
    assert (ETC / "candourd.toml").read_bytes() == PRISTINE.read_bytes()
    conffiles = run("dpkg-query", "-W", "-f", "${Conffiles}", "candour-server")
    expect(conffiles, "/etc/candour/torrc", "/etc/candour/firewall.nft")
    assert "candourd.toml" not in conffiles, "a conffile that candour setup changes"
    assert list((ETC / "tor.d").iterdir()) == []


@step
def tool_page_and_manual_are_there():
    expect(run("candour", "--help"), "roster", "inbox")
    assert pathlib.Path("/usr/share/candour/desk/index.html").is_file() and pathlib.Path("/usr/share/candour/forms/default.cy.json").is_file()
    run("sha256sum", "--check", "--quiet", "sha256sums.txt", cwd="/usr/share/candour/pages")
    expect(run("bash", "-c", ". /usr/share/bash-completion/completions/candour && complete -p candour"), "_candour")


@step
def setup_makes_all_and_waits_for_the_steward():
    (TEST / "passphrase").write_text("correct horse battery\n")
    (TEST / "home").mkdir()
    os.chdir(TEST)
    before = listening()
    said = run("candour", "setup", check=False)
    expect(said, "candour roster matching roster.json --holders holders.json")
    expect(said, "Wait for the steward", address("reporter"), address("desk"), "give this command again")
    for name in ("reporter", "desk"):
        assert mode(TOR / name) == ("candour-tor", "candour-tor", "0o700")
    assert is_active("candour-tor") and not is_active("candourd") and listening() == before, listening()
    groups = next(line for line in pathlib.Path(f"/proc/{main_pid('candour-tor')}/status").read_text().splitlines() if line.startswith("Groups:"))
    expect(groups.split(), str(grp.getgrnam("candour").gr_gid))


@step
def the_desk_is_closed_from_the_start():
    keys = TOR / "desk/authorized_clients"
    assert mode(keys) == ("candour-tor", "candour-tor", "0o700") and mode(keys / "nobody.auth") == ("candour-tor", "candour-tor", "0o600")
    assert re.fullmatch(r"descriptor:x25519:[A-Z2-7]{52}\n?", (keys / "nobody.auth").read_text())
    assert (keys / "nobody.auth").stat().st_mtime_ns < (TOR / "desk/hostname").stat().st_mtime_ns, "Tor was there first"
    assert not refused_keys(), refused_keys()


@step
def the_steward_makes_an_organisation():
    run("candour", "root", "init", "--label", "main")
    for name in ("robin", "sam"):
        run("candour", "caseworker", "create", "--id", name, "--name", name.title())
    receipt_key = re.search(r"--receipt-key '([^']+)'", run("candour", "setup", check=False))[1]
    run("candour", "roster", "new", "--service", "Example", "--public-name", "Notes", "--receipt-key", receipt_key)
    run("candour", "roster", "desk", "roster.json", "--id", "legal", "--name", "Legal", "--description", "Solicitors.")
    for name in ("robin", "sam"):
        run("candour", "roster", "add", "roster.json", "--card", f"{name}.card", "--desk", "legal")
    run("candour", "roster", "sign", "roster.json", "--key", "root.key", "--pin", "root.pin")


@step
def setup_goes_on_to_the_end():
    before = listening()
    said = run("candour", "setup", typed="root.pin\nroster.note\n")
    expect(said, "candourd serves", run("candour", "fingerprint", "root.pin").strip(), "candour caseworker invite robin", words_of_the_desk())
    assert "client authorisation" not in said, said
    for unit in ("candourd", "candour-tor"):
        assert is_active(unit) and run("systemctl", "is-enabled", unit).strip() == "enabled", unit
    assert mode(ETC / "candourd.toml") == ("root", "root", "0o644"), mode(ETC / "candourd.toml")
    expect((ETC / "candourd.toml").read_text(), f'origin = "{address("desk")}"')
    for public in (ETC / "root.pin", ETC / "roster.note", "candour-poster.svg"):
        assert mode(public) == ("root", "root", "0o644"), mode(public)
    nobody = (TOR / "desk/authorized_clients/nobody.auth").read_text()
    assert listening() == before, listening()
    server = main_pid()
    expect(run("candour", "setup"), "candourd serves")
    assert main_pid() == server, "given again, it lets it run"
    assert (TOR / "desk/authorized_clients/nobody.auth").read_text() == nobody
    checks = run("candour", "doctor", check=False)
    expect(checks, "fine   secrets folder", "fine   receipt key", "fine   onion service of [reporter]: proof of work", "fine   onion service of [desk]: client authorisation")


@step
def no_receipt_key_is_made_beside_a_database():
    key = ETC / "secrets/receipt.key"
    key.rename(TEST / "receipt.key")
    server = main_pid()
    expect(run("candour", "setup", check=False), "Put it back from its copy", "candourd init --new-receipt-key")
    assert not key.exists() and main_pid() == server
    (TEST / "receipt.key").rename(key)
    expect(run("candour", "setup"), "candourd serves")


@step
def caseworkers_of_the_roster_are_invited():
    expect(run("candour", "caseworker", "invite", "mallory", check=False), "the roster has no such caseworker")
    for name, umask in (("robin", 0o077), ("sam", 0)):
        said = run("candour", "caseworker", "invite", name, umask=umask)
        expect(said, "systemctl reload candour-tor", words_of_the_desk())
        assert mode(TOR / f"desk/authorized_clients/{name}.auth") == ("candour-tor", "candour-tor", "0o600")
        assert mode(f"{name}.invitation") == ("root", "root", "0o600"), mode(f"{name}.invitation")
    keys = {one.name: one.read_text() for one in (TOR / "desk/authorized_clients").iterdir()}
    assert sorted(keys) == ["nobody.auth", "robin.auth", "sam.auth"] and len(set(keys.values())) == 3, keys
    (TOR / "desk/authorized_clients/root.auth").write_text("not Tor's to read\n")
    run("systemctl", "reload", "candour-tor")
    wait_until(refused_keys, "Tor does not look at its keys")
    expect(run("candour", "doctor", check=False), "fine   onion service of [desk]: client authorisation")
    assert is_active("candour-tor") and all("/root.auth" in line for line in refused_keys()), refused_keys()
    (TOR / "desk/authorized_clients/root.auth").unlink()


@step
def root_goes_where_tor_may_go_and_no_further():
    desk = TOR / "desk"
    secret = TEST / "secret"
    secret.mkdir(mode=0o700)
    (desk / "authorized_clients").rename(desk / "keys")
    (desk / "authorized_clients").symlink_to(secret)
    for command in (("caseworker", "invite", "sam", "--again", "--out", "again.invitation"), ("setup",)):
        run("candour", *command, check=False)
        assert not list(secret.iterdir()), f"{command}: {list(secret.iterdir())}"
    assert not os.path.exists("again.invitation")
    (desk / "authorized_clients").unlink()
    (desk / "keys").rename(desk / "authorized_clients")
    hostname = desk / "hostname"
    hostname.rename(desk / "name")
    hostname.symlink_to(ETC / "secrets/database.key")
    said = run("candour", "caseworker", "invite", "sam", "--again", "--out", "again.invitation", check=False)
    expect(said, "cannot be read")
    hostname.unlink()
    (desk / "name").rename(hostname)
    secret.rmdir()


@step
def an_invitation_counts_once_its_words_are_compared():
    look = ("candour", "caseworker", "invitation", "robin.invitation", "--key", "robin.key")
    question = "Does she read the same words? Type yes:"
    for answer in ("", "no\n", "y\n"):
        said = run(*look, "--out", "parts", typed=answer, check=False)
        expect(said, address("desk"), words_of_the_desk(), question, "nothing was kept")
        assert "Next: candour desk" not in said and not os.path.exists("parts"), said
    expect(run(*look, typed="yes\n"), question, "Next: candour desk --key robin.key --invitation robin.invitation")
    said = run(*look, "--out", "parts")
    assert question not in said, said
    assert pathlib.Path("parts/root.pin").read_bytes() == pathlib.Path("root.pin").read_bytes()
    expect(run("candour", "caseworker", "invitation", "sam.invitation", "--key", "robin.key", check=False), "was sealed to another key than yours")


@step
def it_serves_on_unix_sockets_alone():
    for name in ("reporter", "desk"):
        assert mode(f"/run/candour/{name}.sock") == ("candour", "candour", "0o660")
    assert mode("/run/candour") == ("candour", "candour", "0o750")
    status, body = through_tor.get("reporter", "/")
    assert status == 200 and b"<html" in body, (status, body)


@step
def only_the_group_reaches_it():
    reach = ("python3", "-B", f"{TEST}/through_tor.py", "reach", "reporter")
    # As candour-tor.service has it: the group counts although its user namespace does not know it.
    run("systemd-run", "--quiet", "--wait", "--pipe", "--uid=candour-tor", "-p", "SupplementaryGroups=candour", "-p", "PrivateUsers=yes",
        "-p", "ProtectSystem=strict", *reach)
    expect(run("runuser", "-u", "nobody", "--", *reach, check=False), "PermissionError")


@step
def a_report_arrives():
    with through_tor.onion("reporter") as server:
        run("candour", "report", "--server", server, "--pin", f"{ETC}/root.pin", "--desk", "legal", "--text", "In my own words.")
    assert len(inbox()) == 1


@step
def the_key_holder_has_a_key_a_socket_and_nothing_else():
    as_holder = ("runuser", "-u", "candour-keyholder", "--")
    key, public = "/etc/candour-keyholder/holder.key", "/var/lib/candour-keyholder/holders.json"
    assert mode(key) == ("candour-keyholder", "candour-keyholder", "0o600"), mode(key)
    run("candour", "roster", "matching", "roster.json", "--holders", public, "--group", "robin,sam")
    run("candour", "roster", "sign", "roster.json", "--key", "root.key", "--out", "matching.note")
    (ETC / "roster.note").write_bytes(pathlib.Path("matching.note").read_bytes())
    run("systemctl", "reload", "candourd")
    expect(run("candour", "setup"), "The key holder answers")
    wait_until(lambda: "ready: the roster has this holder" in run("journalctl", "--namespace=candour", "-u", "candour-keyholder"), "it is not ready")
    assert mode("/run/candour-holders/holders.sock") == ("candour", "candour-keyholder", "0o660"), mode("/run/candour-holders/holders.sock")
    status = pathlib.Path(f"/proc/{main_pid('candour-keyholder')}/status").read_text()
    expect(status, f"Uid:\t{pwd.getpwnam('candour-keyholder').pw_uid}\t", "CapEff:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2")
    assert os.readlink(f"/proc/{main_pid('candour-keyholder')}/ns/net") != os.readlink("/proc/self/ns/net")
    assert str(grp.getgrnam("candour").gr_gid) not in re.search(r"^Groups:(.*)$", status, re.M)[1].split()
    for who, what in (("candour", key), ("candour-keyholder", ETC / "secrets/database.key"), ("candour-tor", key)):
        expect(run("runuser", "-u", who, "--", "cat", what, check=False), "Permission denied")
    expect(run(*as_holder, "python3", "-B", f"{TEST}/through_tor.py", "reach", "reporter", check=False), "PermissionError")


@step
def the_running_server_has_no_rights():
    network = os.readlink(f"/proc/{main_pid()}/ns/net")
    assert network != os.readlink("/proc/self/ns/net")
    for thread in pathlib.Path(f"/proc/{main_pid()}/task").iterdir():
        lines = dict(line.split(":\t", 1) for line in (thread / "status").read_text().splitlines() if ":\t" in line)
        for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"):
            assert int(lines[name], 16) == 0, (name, lines[name])
        assert (lines["NoNewPrivs"], lines["Seccomp"]) == ("1", "2"), lines


@step
def code_inside_it_gets_no_socket_no_program_no_connection():
    drop_in = pathlib.Path("/run/systemd/system/candourd.service.d/intruder.conf")
    drop_in.parent.mkdir(parents=True)
    drop_in.write_text(f"[Service]\nEnvironment=LD_PRELOAD={TEST}/intruder.so\n")
    run("systemctl", "daemon-reload")
    run("systemctl", "restart", "candourd")
    os.kill(main_pid(), signal.SIGUSR1)
    wait_until(lambda: "intruder: no socket" in run("journalctl", "--namespace=candour", "-u", "candourd"), "no word of the intruder")
    for asked in (signal.SIGUSR2, signal.SIGURG):
        before = main_pid()
        os.kill(before, asked)
        wait_until(lambda: is_active("candourd") and main_pid() not in (0, before), "it is still the same process")
        ended = run("journalctl", "-u", "candourd", "--grep", "Main process exited", "-n", "1")
        expect(ended, "status=31/SYS")
    assert "alive" not in run("journalctl", "--namespace=candour", "-u", "candourd")
    drop_in.unlink()
    run("systemctl", "daemon-reload")
    run("systemctl", "restart", "candourd")


@step
def the_firewall_is_its_own_table():
    neighbour.make_link()
    answer, others = ("fe80::1", 547, 546), (("fe80::1", 5353, 546), ("fe80::1", 547, 5353), ("2001:db8::1", 547, 546))
    assert all(neighbour.is_heard(*one) for one in (answer, *others)), "the neighbour is not heard without a firewall either"
    run("nft", "add", "table", "inet", "admins")
    run("systemctl", "start", "candour-firewall")
    expect(run("nft", "list", "table", "inet", "candour"), "policy drop", "skuid", "dport 22")
    with socket.create_server(("127.0.0.1", 0)) as server:
        reach = ("python3", "-c", f"import socket; socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), 5)")
        run("runuser", "-u", "candour-tor", "--", *reach)
        expect(run("runuser", "-u", "candour", "--", *reach, check=False), "Error")
    assert neighbour.is_heard(*answer), "no address by DHCPv6"
    assert not any(neighbour.is_heard(*one) for one in others)
    run("systemctl", "reload", "candour-firewall")
    run("systemctl", "stop", "candour-firewall")
    expect(run("nft", "list", "tables"), "inet admins")
    assert "candour" not in run("nft", "list", "tables")


@step
def its_log_is_nowhere_on_the_disk():
    expect(run("journalctl", "--namespace=candour", "-u", "candourd"), "ready")
    assert glob.glob("/run/log/journal/*.candour/*.journal") and glob.glob("/var/log/journal/*/*.journal")  # the machine's is on the disk
    assert not glob.glob("/var/log/journal/*.candour/*"), "on the disk"
    assert "ready. reporter" not in run("journalctl", "-u", "candourd")


@step
def an_upgrade_restarts_what_runs_and_keeps_all():
    server, tor = main_pid(), main_pid("candour-tor")
    desk = address("desk")
    said = install("next")
    assert "onfiguration file" not in said, said
    assert is_active("candourd") and main_pid() != server
    assert main_pid("candour-tor") == tor
    assert len(inbox()) == 1 and desk in (ETC / "candourd.toml").read_text() and address("desk") == desk
    expect(PRISTINE.read_text(), "# of the next version")


@step
def a_new_tor_restarts_ours():
    tor = main_pid("candour-tor")
    run("dpkg-trigger", "--no-await", "/usr/bin/tor")
    run("dpkg", "--configure", "--pending")
    assert is_active("candour-tor") and main_pid("candour-tor") != tor


@step
def a_downgrade_starts_nothing_that_was_stopped():
    run("systemctl", "stop", "candourd")
    install("debs")
    assert not is_active("candourd")
    run("systemctl", "start", "candourd")
    assert len(inbox()) == 1


@step
def removing_stops_all_and_says_what_is_left():
    expect(run(*APT, "remove", "candour-server"), "left as they are", str(DATA), "/etc/candour/secrets", "/var/lib/candour-tor")
    for unit in UNITS:
        assert not is_active(unit), unit
    assert not os.path.exists("/usr/bin/candourd") and os.path.exists(DATA / "candour.db")
    assert not PRISTINE.exists()
    expect((ETC / "candourd.toml").read_text(), address("desk"))
    install("debs")
    run("systemctl", "start", "candourd")
    assert len(inbox()) == 1


@step
def purging_destroys_no_report_key_or_address():
    run("systemctl", "stop", "candourd")
    said = run(*APT, "purge", "candour-server", "candour")
    expect(said, "left as they are", "rm -r /var/lib/candour /var/lib/candour-tor /etc/candour")
    for place in (DATA / "candour.db", ETC / "secrets/database.key", ETC / "secrets/receipt.key", ETC / "roster.note",
                  "/var/lib/candour-tor/desk/hs_ed25519_secret_key"):
        assert os.path.exists(place), place
    for place in (ETC / "candourd.toml", ETC / "torrc", ETC / "firewall.nft", "/usr/share/candour", "/usr/lib/systemd/system/candourd.service"):
        assert not os.path.exists(place), place
    run(*[word for word in said.split("for ever:\n")[1].splitlines()[0].split("&&")[0].split()])
    assert not ETC.exists() and not DATA.exists()


run_all()
