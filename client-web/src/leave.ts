// SPDX-License-Identifier: AGPL-3.0-or-later
// What is left in the tab's history after an exit: a blank page that goes on to the neutral site.

import { NEUTRAL_SITE } from "./neutral_site";

location.replace(NEUTRAL_SITE);
