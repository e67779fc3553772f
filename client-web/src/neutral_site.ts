// SPDX-License-Identifier: AGPL-3.0-or-later
// Where "Exit this page" leads: common, dull, quick to load. index.html holds the same address, for when no script has loaded.

export const NEUTRAL_SITE = "https://www.bbc.co.uk/weather";
