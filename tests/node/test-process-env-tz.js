// SPDX-License-Identifier: MIT
'use strict';
// A changed TZ counts at once, for Date and for Intl.
const show = () => console.log([
  new Date(0).toString(), new Date(0).toLocaleString(), new Date(0).getHours(),
  Intl.DateTimeFormat().resolvedOptions().timeZone, new Date(1720000000000).toString(),
].join(' | '));
for (const zone of ['America/New_York', 'Asia/Kolkata', 'UTC', 'Europe/Berlin', ':Asia/Tokyo']) {
  process.env.TZ = zone;
  show();
}
for (const name of ['icu', 'cldr', 'tz', 'unicode']) console.log(name, typeof process.versions[name], /^\d+/.test(process.versions[name]));
