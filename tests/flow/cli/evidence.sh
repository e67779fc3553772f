#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# evidence.sh CANDOUR CANDOURD: a report with attachments and a follow-up become a bag of evidence, from the server and offline; whoever
# receives it can check it, and everything that was done to it is named with its file (docs/spec/evidence.md).
candour=$1 candourd=$2
source "$(dirname "$(realpath "$0")")/organisation.sh"
make_organisation > /dev/null 2>&1
start_server

printf 'a photo' > "IMG 0042.JPG"
printf 'a film' > "$(printf 'evil\u202egpj.exe')"
printf 'He said <script>alert(1)</script> \u202enothing.\n=1+1\n' |
  as_reporter report --exclude cy --attach "IMG 0042.JPG" --attach "$(printf 'evil\u202egpj.exe')" --receipt first.note --json > sent
first=$(grep -o '"report":"[0-9a-f]*' sent | cut -d'"' -f4)
grep -o '"codename":"[a-z -]*' sent | cut -d'"' -f4 > codename
echo "And then?" | as_reporter report --follow-up --exclude cy --codename-file codename --receipt second.note --json > sent
second=$(grep -o '"report":"[0-9a-f]*' sent | cut -d'"' -f4)
echo "Somebody else." | as_reporter report --json > sent
other=$(grep -o '"report":"[0-9a-f]*' sent | cut -d'"' -f4)

# A bag of one author: the others of the inbox are looked through.
as_caseworker ada export "${first:0:12}" --follow-ups --receipt first.note --receipt second.note --pin root.pin --out bag > said 2> warnings ||
  fail "export: $(cat warnings)"
[ ! -s warnings ] || fail "export warns: $(cat warnings)"
words=$(grep -E '^    [a-z-]+( [a-z-]+){7}$' said) || fail "no fingerprint: $(cat said)"
as_caseworker ada inbox | grep -q "3 reports, 3 new" || fail "export marked something as seen"
(cd bag && find . -type f | sort) > listed
cat > expected <<END
./bag-info.txt
./bagit.txt
./data/history.html
./data/history.json
./data/report-2/manifest.note
./data/report-2/receipt.note
./data/report-2/report.json
./data/report-2/sealed.age
./data/report.html
./data/report/attachments/001.jpg
./data/report/attachments/002.exe
./data/report/manifest.note
./data/report/receipt.note
./data/report/report.json
./data/report/sealed.age
./data/roster.note
./manifest-sha256.txt
./signature.note
./tagmanifest-sha256.txt
END
diff expected listed || fail "other files"
as_caseworker ada fetch "$first" --out first.age > /dev/null
as_caseworker ada open "$first" --out opened --no-seen > /dev/null
cmp first.age bag/data/report/sealed.age || fail "sealed.age differs"
for file in report.json manifest.note attachments/001.jpg attachments/002.exe; do
  cmp "opened/$file" "bag/data/report/$file" || fail "$file differs"
done
[ -z "$(find bag -perm /077)" ] || fail "others may read the bag"

# Common tools.
(cd bag && sha256sum --quiet --strict -c manifest-sha256.txt && sha256sum --quiet --strict -c tagmanifest-sha256.txt) || fail "sha256sum"
[ "$(grep '^manifest ' bag/signature.note)" = "manifest $(sha256sum < bag/manifest-sha256.txt | cut -d' ' -f1)" ] || fail "signature.note"

# The pages: nothing acts, nothing turns, nothing is loaded.
for page in bag/data/report.html bag/data/history.html; do
  if grep -qiE '<(script|a|img|link|iframe|form|object|svg|base)[ >]|href=|src=|javascript:' "$page"; then fail "$page is not harmless"; fi
  if grep -q "$(printf '\u202e')" "$page"; then fail "a direction override is in $page"; fi
  grep -qF "default-src 'none'; style-src 'unsafe-inline'" "$page" || fail "$page has no policy"
done
grep -qF 'He said &lt;script&gt;alert(1)&lt;/script&gt; \u{202e}nothing.' bag/data/report.html || fail "the words are not there"
grep -qF 'evil\u{202e}gpj.exe' bag/data/report.html || fail "the name is not there"
if grep -qF "$(grep -o '"mailbox_root": *"[^"]*' bag/data/report/report.json | cut -d'"' -f4)" bag/data/report.html; then fail "the mailbox root is on the page"; fi
python3 - bag/data/history.json "$first" <<'END' || fail "history.json"
import json, sys
history = json.load(open(sys.argv[1]))
assert history["format"] == "candour/v1/evidence-history" and history["privileged"] == "left out", history
assert {"written", "arrived", "marks", "exported"} == {entry["kind"] for entry in history["entries"]}, history
assert any(sys.argv[2] in entry["text"] and entry["who"] == "ada" for entry in history["entries"]), history
END

# Whoever receives it: with the pin, with another roster, and with what is in the bag alone.
"$candour" verify bag --pin root.pin > said || fail "verify: $(cat said)"
grep -qxF -- "$words" said || fail "another fingerprint: $(cat said)"
grep -qF "bag: good. Every file is there, as ada exported it on" said || fail "verify: $(cat said)"
[ "$(grep -c 'its author signed every original; the server received sealed.age on' said)" = 2 ] || fail "verify: $(cat said)"
grep -qF "which the root keys of the pin have signed" said || fail "verify: $(cat said)"
"$candour" verify bag > said
grep -qF "THAT PROVES NOTHING BY ITSELF" said || fail "without a pin: $(cat said)"
"$candour" verify bag --pin root.pin --roster roster.note | grep -qF "the roster that was given" || fail "--roster"
refused "Add --pin." "$candour" verify bag --roster roster.note
"$candour" root init --label false --out false.key > /dev/null
refused "1 finding" "$candour" verify bag --pin false.pin
grep -qF "data/roster.note: does not pass with the root keys of the pin" refused.out || fail "$(cat refused.out)"

# spoilt FILE WORDS [ARGUMENT…]: the bag in spoilt/ is refused, and the finding names FILE.
spoilt() {
  local file=$1 words=$2
  shift 2
  refused "does not pass" "$candour" verify spoilt --pin root.pin "$@"
  grep -F -- "$file: " refused.out | grep -qF -- "$words" || fail "not '$file: …$words' but: $(cat refused.out)"
}
fresh() { rm -rf spoilt && cp -r bag spoilt; }

# One changed bit in any file.
while read -r file; do
  fresh
  python3 - "spoilt/$file" <<'END'
import sys
data = bytearray(open(sys.argv[1], "rb").read())
data[len(data) // 2] ^= 1
open(sys.argv[1], "wb").write(data)
END
  refused "does not pass" "$candour" verify spoilt --pin root.pin
  grep -qF "${file#./}: " refused.out || fail "a bit in $file: $(cat refused.out)"
done < listed

fresh && rm spoilt/data/report/attachments/001.jpg && spoilt data/report/attachments/001.jpg "is missing"
fresh && rm spoilt/signature.note && spoilt signature.note "is missing"
fresh && rm spoilt/bagit.txt && spoilt bagit.txt "is missing"
fresh && rm spoilt/data/report/receipt.note && spoilt data/report/receipt.note "is missing"
fresh && echo more > spoilt/data/report/attachments/003.txt && spoilt data/report/attachments/003.txt "was added"
fresh && echo more > spoilt/readme.txt && spoilt readme.txt "does not belong"
fresh && rm spoilt/data/report/report.json && ln -s /etc/passwd spoilt/data/report/report.json && spoilt data/report/report.json "is a link"
fresh && rm -r spoilt/data/report/attachments && ln -s / spoilt/data/report/attachments && spoilt data/report/attachments "is a link"
fresh && mkfifo spoilt/data/pipe && spoilt data/pipe "is a device, pipe or socket"
for path in ../../etc/passwd /etc/passwd data/../../x data/./x data//x data/report/; do
  fresh && echo "$(printf x | sha256sum | cut -d' ' -f1)  $path" >> spoilt/manifest-sha256.txt && spoilt manifest-sha256.txt "line 15: "
done
fresh && tail -1 bag/manifest-sha256.txt >> spoilt/manifest-sha256.txt && spoilt manifest-sha256.txt "comes twice"
fresh && { printf '\xef\xbb\xbf'; cat bag/manifest-sha256.txt; } > spoilt/manifest-sha256.txt && spoilt manifest-sha256.txt "byte order mark"
fresh && truncate -s 17M spoilt/manifest-sha256.txt && spoilt manifest-sha256.txt "is larger than"
fresh && sed -i 's/^Payload-Oxum: [0-9]*/Payload-Oxum: 1/' spoilt/bag-info.txt && spoilt bag-info.txt "Payload-Oxum is 1."

# Somebody who makes all lists anew is found by the signature, and by what the author signed.
relist() {
  (cd spoilt && find data -type f | LC_ALL=C sort | xargs -d '\n' sha256sum > manifest-sha256.txt &&
    sed -i "s/^Payload-Oxum: .*/Payload-Oxum: $(find data -type f -printf '%s\n' | awk '{s += $1} END {printf "%d.%d", s, NR}')/" bag-info.txt &&
    sha256sum bag-info.txt bagit.txt manifest-sha256.txt signature.note > tagmanifest-sha256.txt)
}
fresh && printf 'b' | dd of=spoilt/data/report/attachments/001.jpg conv=notrunc status=none && relist
spoilt manifest-sha256.txt "was changed after ada had signed it"
spoilt data/report/attachments/001.jpg "is not what its author signed"
fresh && cp spoilt/data/report-2/sealed.age spoilt/data/report/sealed.age && relist && spoilt data/report/receipt.note "is for other sealed bytes"
fresh && rm spoilt/data/report/receipt.note && relist && spoilt manifest-sha256.txt "was changed after"
fresh && echo x > spoilt/data/x && relist && spoilt data/x "does not belong"

# A bag of others: whole, and no more than that.
mkdir -p plain/data && printf 'x' > "plain/data/50% off.txt" && printf 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n' > plain/bagit.txt
echo "$(printf x | sha256sum | cut -d' ' -f1 | tr a-f A-F)  data/50%25 off.txt" > plain/manifest-sha256.txt
"$candour" verify plain > said
grep -qF "a whole bag, not one that Candour made" said || fail "a plain bag: $(cat said)"
refused "does not pass" "$candour" verify plain --pin root.pin
refused "is not a folder" "$candour" verify roster.note
refused "there is no such file" "$candour" verify nowhere

# Offline, from fetched files; and the same refusals as anywhere.
as_caseworker bo fetch "$second" --out second.age > /dev/null
"$candour" export --from first.age --from second.age --roster roster.note --pin root.pin --key bo.key --out offline --json > exported
"$candour" verify offline --pin root.pin --json > verified
python3 - exported verified "$first" "$second" <<'END' || fail "--json: $(cat exported verified)"
import json, sys
exported, verified = (json.load(open(name)) for name in sys.argv[1:3])
assert sorted(exported) == sorted(["directory", "reports", "files", "bytes", "day", "signed_by", "fingerprint", "manifest_sha256"]), exported
assert sorted(verified) == sorted(["bag", "whole", "signed", "signed_by", "day", "reports", "fingerprint", "roster", "pinned", "remarks", "findings"]), verified
assert exported["reports"] == verified["reports"] == sys.argv[3:] and exported["fingerprint"] == verified["fingerprint"]
assert verified["whole"] and verified["signed"] and verified["pinned"] and verified["roster"] == "bag" and verified["signed_by"] == "bo"
assert verified["findings"] == [] and len(verified["remarks"]) == 2, verified
END
refused "by another author" as_caseworker ada export "$first" "$other" --pin root.pin --out mixed
refused "was named twice" as_caseworker ada export "$first" "${first:0:12}" --pin root.pin --out mixed
refused "which is not exported here" as_caseworker ada export "$other" --receipt first.note --pin root.pin --out mixed
refused "no pin file was named" as_caseworker ada export "$first" --out mixed
refused "nothing is overwritten" as_caseworker ada export "$first" --pin root.pin --out bag
refused "there is no such case for you" as_caseworker cy export "$first" --pin root.pin --out mixed
refused "no report was named" as_caseworker ada export --pin root.pin --out mixed
refused "ada.card: is a caseworker's card, but a sealed file is expected" "$candour" export --from ada.card --roster roster.note --pin root.pin --key ada.key --out mixed
refused "name each file instead" "$candour" export --from first.age --follow-ups --pin root.pin --key ada.key --out mixed
[ -z "$(find . -name 'mixed*')" ] || fail "half a bag was left behind"

# What was sealed without a manifest stands alone, and is not called anybody's.
ada_recipient=$(grep -o 'age1pq1[a-z0-9]*' ada.card | head -1)
echo "from nobody" | "$candour" seal -r "$ada_recipient" > nobody.age
id=$(printf '%064d' 7)
refused "Give its ID too" "$candour" export --from nobody.age --roster roster.note --pin root.pin --key ada.key --out nobody
"$candour" export "$id" --from nobody.age --roster roster.note --pin root.pin --key ada.key --out nobody > said
"$candour" verify nobody --pin root.pin > said
grep -qF "report $id: sealed as a single file, signed by no author" said || fail "without a manifest: $(cat said)"
cmp nobody/data/report/contents.txt <(echo "from nobody") || fail "contents"
echo "all as it should be"
