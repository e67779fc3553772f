// SPDX-License-Identifier: AGPL-3.0-or-later
// Every domain-separation label (docs/spec/labels.md). Each is used for one thing only.

export const LABEL_CODENAME = "candour/v1/codename";
export const LABEL_REPLY_IDENTITY = "candour/v1/reply-identity";
export const LABEL_MAILBOX_ROOT = "candour/v1/mailbox-root";
export const LABEL_DIARY_ROOT = "candour/v1/diary-root";
export const LABEL_AUTHORSHIP = "candour/v1/authorship";
export const LABEL_REPORT_SECRET = "candour/v1/report-secret/";
export const LABEL_REPORT_ID = "candour/v1/report-id";
export const LABEL_FINGERPRINT = "candour/v1/fingerprint";
export const LABEL_PIN = "candour/v1/pin";
export const LABEL_SEALING_KEY = "candour/v1/sealing-key";
export const LABEL_MANIFEST = "candour/v1/manifest";
export const LABEL_RECEIPT = "candour/v1/receipt";
export const LABEL_SESSION = "candour/v1/session";
export const LABEL_ERASURE = "candour/v1/erasure";
export const LABEL_HOLD_LIFT = "candour/v1/hold-lift";
export const LABEL_ROSTER = "candour/v1/roster";
export const LABEL_REPORT = "candour/v1/report";
export const LABEL_CARD = "candour/v1/card";
export const LABEL_KEY_FILE = "candour/v1/key-file";
export const LABEL_REPLY_ADDRESS = "candour/v1/reply-address/";
export const LABEL_DIARY_ENTRY_ADDRESS = "candour/v1/diary-entry-address/";
export const LABEL_DRAFT_ADDRESS = "candour/v1/draft-address/";
export const LABEL_LAST_OPENED_ADDRESS = "candour/v1/last-opened-address";
export const LABEL_LAST_OPENED = "candour/v1/last-opened";
export const LABEL_DIARY_DELETION = "candour/v1/diary-deletion/";
export const LABEL_REPLY_DELETION = "candour/v1/reply-deletion/";
export const LABEL_DROP_TAG = "candour/v1/drop-tag";
export const LABEL_DROP_DELETION = "candour/v1/drop-deletion";
export const LABEL_PUZZLE = "candour/v1/puzzle";
export const LABEL_REPLY = "candour/v1/reply";
export const LABEL_SUCCESSION = "candour/v1/succession";
export const LABEL_DIARY_ENTRY = "candour/v1/diary-entry";
export const LABEL_DRAFT_FRAGMENT = "candour/v1/draft-fragment";
export const LABEL_DRAFT = "candour/v1/draft";
