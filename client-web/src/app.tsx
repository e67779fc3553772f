// SPDX-License-Identifier: AGPL-3.0-or-later
// The reporter's page: one visit, one view at a time. All text goes through Preact's text nodes.

import { render, type JSX } from "preact";
import { BackButton } from "./back_button";
import { Cover } from "./cover";
import { arm_exit, leave } from "./exit";
import type { FromWorker, ToWorker } from "./messages";
import { WordList } from "./protocol/words";
import { forget_recording } from "./recorder";
import { Stage } from "./stage";
import { fetch_text } from "./upload/http";
import { BoxView } from "./views/box";
import { ChangeCodenameView } from "./views/change_codename";
import { CheckView } from "./views/check";
import { CodenameView, PracticeView } from "./views/codename";
import { ComeBackView } from "./views/come_back";
import { CoverView, CoverWarning, is_question } from "./views/cover";
import { DiaryView } from "./views/diary";
import { DiaryKeptView } from "./views/diary_kept";
import { DiaryChooseView, DiaryWriteView } from "./views/diary_write";
import { FilesView } from "./views/files";
import { HoldingView } from "./views/holding";
import { LastOpenedView } from "./views/last_opened";
import { NamingView } from "./views/naming";
import { ReadersView } from "./views/readers";
import { ReceiptWrongView, SendingView, SentView } from "./views/sending";
import { SafetyPartView } from "./views/safety_part";
import { SafetyView, StartView } from "./views/start";
import { StepView } from "./views/step";
import { StopAnyTimeView } from "./views/stop_any_time";
import { TroubleView } from "./views/trouble";
import { UnfinishedView } from "./views/unfinished";
import { WithdrawView } from "./views/withdraw";
import { Visit } from "./visit";
import { say, spoken } from "./words";

function View({ visit, cover }: { visit: Visit; cover: Cover }): JSX.Element | null {
  const { place, roster, trouble } = visit;
  if (place.at === "trouble" && trouble !== null) return <TroubleView visit={visit} trouble={trouble} />;
  if (place.at === "loading" || roster === null) return <p class="govuk-body" role="status">{say.loading}</p>;
  switch (place.at) {
    case "start": return <StartView visit={visit} roster={roster} />;
    case "safety": return <SafetyView visit={visit} roster={roster} cover={cover} />;
    case "step": return <StepView key={place.step} visit={visit} roster={roster} />;
    case "files": return <FilesView visit={visit} roster={roster} hold={(held) => cover.hold(held)} />;
    case "readers": return <ReadersView visit={visit} roster={roster} />;
    case "naming": return <NamingView visit={visit} />;
    case "codename": return <CodenameView visit={visit} />;
    case "practice": return <PracticeView visit={visit} />;
    case "check": return <CheckView visit={visit} roster={roster} form={visit.form ?? roster.form} />;
    case "sending": return <SendingView visit={visit} />;
    case "holding": return <HoldingView visit={visit} roster={roster} />;
    case "sent": return <SentView visit={visit} roster={roster} />;
    case "receipt-wrong": return <ReceiptWrongView visit={visit} roster={roster} />;
    case "come-back": return <ComeBackView visit={visit} />;
    case "box": return <BoxView key={visit.come_back.codename} visit={visit} roster={roster} />;
    case "withdraw": return <WithdrawView visit={visit} />;
    case "stop-any-time": return <StopAnyTimeView visit={visit} />;
    case "first-codename": return <CodenameView visit={visit} />;
    case "first-practice": return <PracticeView visit={visit} />;
    case "unfinished": return <UnfinishedView visit={visit} />;
    case "diary": return <DiaryView visit={visit} roster={roster} />;
    case "diary-write": return <DiaryWriteView visit={visit} />;
    case "diary-choose": return <DiaryChooseView visit={visit} />;
    case "diary-kept": return <DiaryKeptView visit={visit} roster={roster} />;
    case "safety-part": return <SafetyPartView visit={visit} roster={roster} />;
    case "last-opened": return <LastOpenedView visit={visit} />;
    case "change-codename": return <ChangeCodenameView visit={visit} />;
    default: return null;
  }
}

const WORKERS = ["/worker.js", "/check_in_worker.js"] as const;

/** The only policy of this page (see the CSP): it makes the script addresses that the page ever needs, and no others. */
function start_workers(): readonly [Worker, Worker] {
  const policy = window.trustedTypes?.createPolicy("candour", { createScriptURL: (address) => WORKERS.find((known) => known === address) ?? "" });
  const start = (address: string): Worker => new Worker(policy === undefined ? address : (policy.createScriptURL(address) as unknown as string));
  return [start(WORKERS[0]), start(WORKERS[1])];
}

const ICONS: readonly string[] = ["calendar", "cup", "leaf"];

/** What index.html holds beside the views: in the language of this visit, and with the organisation's neutral name and icon. */
function draw_frame(visit: Visit): void {
  const set = (selector: string, text: string): void => {
    const element = document.querySelector(selector);
    if (element !== null && element.textContent !== text) element.textContent = text;
  };
  document.documentElement.lang = spoken.tag;
  document.documentElement.dir = spoken.direction;
  set(".govuk-skip-link", say.skip);
  set("#exit-words", say.exit.button);
  set("#exit-hint", " " + say.exit.button_hint);
  if (visit.roster === null || visit.place.at === "loading") return;
  document.title = visit.roster.public_name;
  set("#name", visit.roster.public_name);
  document.getElementById("name")?.setAttribute("lang", visit.roster.language);
  if (ICONS.includes(visit.roster.icon)) document.querySelector("link[rel=icon]")?.setAttribute("href", "/icon-" + visit.roster.icon + ".svg");
}

/** A line between the two, past the page. */
function join(worker: Worker, check_in: Worker): void {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ order: "check-in" } satisfies ToWorker, [port1]);
  check_in.postMessage(null, [port2]);
}

function begin(main: HTMLElement): void {
  const stage = new Stage(main);
  const [worker, check_in] = start_workers();
  const back = new BackButton(() => cover.state === "covered" || visit.back());
  const draw = (): void => {
    if (visit.under_way) back.arm();
    const covered = cover.state === "covered";
    if (covered) visit.come_back.drop_file();
    draw_frame(visit);
    render(<><View visit={visit} cover={cover} />{cover.state === "warned" && <CoverWarning cover={cover} />}</>, stage.page);
    render(covered ? <CoverView cover={cover} /> : null, stage.cover);
    stage.set(covered);
  };
  const visit: Visit = new Visit((message: ToWorker) => worker.postMessage(message), draw, fetch_words);
  const cover: Cover = new Cover(draw, () => visit.said.codename);
  worker.addEventListener("message", (event: MessageEvent<FromWorker>) => visit.hear(event.data));
  worker.addEventListener("error", () => visit.worker_broke());
  check_in.addEventListener("error", () => visit.come_back.check_in_broke());
  arm_exit(() => {
    const armed = back.is_armed;
    back.disarm();
    leave(() => {
      worker.terminate();
      check_in.terminate();
      forget_recording();
      visit.forget();
      cover.forget();
    }, armed);
  });
  join(worker, check_in);
  cover.watch(is_question);
  visit.load();
  visit.load_words();
}

/** Fetched by every visitor at once: so fetching it does not tell the server who got as far as the codename. */
async function fetch_words(): Promise<WordList | null> {
  try {
    return WordList.parse(await fetch_text("/words.txt"));
  } catch {
    return null;
  }
}

const main = document.getElementById("main");
if (main !== null) begin(main);
