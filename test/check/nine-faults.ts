/** Those that every version must name; each under several seeds, for chance decides what noise hits. */
export const NAMED = [
  'miso-open',
  'cs-stuck-high',
  'crystal-missing',
  'cable-unplugged',
  'rx-pair-reversed',
  'cable-noise',
  'serial-noise',
  'baud-off-6-percent',
  'no-power',
] as const
