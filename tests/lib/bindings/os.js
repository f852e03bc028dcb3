// SPDX-License-Identifier: MIT
'use strict';

const os = require('os');

module.exports = {
  getAvailableParallelism: os.availableParallelism,
  getCPUs: () => os.cpus().flatMap((c) => [c.model, c.speed, c.times.user, c.times.nice, c.times.sys, c.times.idle,
    c.times.irq]),
  getFreeMem: os.freemem,
  getHomeDirectory: () => os.homedir(),
  getHostname: () => os.hostname(),
  getInterfaceAddresses: () => Object.entries(os.networkInterfaces()).flatMap(([name, list]) => list.flatMap((a) =>
    [name, a.address, a.netmask, a.family, a.mac, a.internal, a.scopeid ?? -1])),
  getLoadAvg: (array) => array.set(os.loadavg()),
  getOSInformation: () => [os.type(), os.version(), os.release(), os.machine()],
  getPriority: (pid) => os.getPriority(pid),
  setPriority(pid, priority, context) {
    try {
      os.setPriority(pid, priority);
      return 0;
    } catch (err) {
      Object.assign(context, err.info);
      return err.errno;
    }
  },
  getTotalMem: os.totalmem,
  getUptime: () => os.uptime(),
  getUserInfo: (encoding) => os.userInfo({ encoding }),
};
