/** What `linkpulse extcap` says to people, and to Wireshark, which shows it to them. */
export const EXTCAP_WORDS = {
  'extcap.installed': 'written:',
  'extcap.next':
    'Start Wireshark anew, or refresh its list of interfaces (F5): linkpulse stands among them. `tshark -D` lists them too. Packets of all links need no further setting; to have a bad FCS marked, switch on "Validate the Ethernet checksum" (tshark: -o eth.check_fcs:TRUE).',
  'extcap.removed': ({ path }: { readonly path: string }) => `removed: ${path}`,
  'extcap.kept': ({ path }: { readonly path: string }) => `left alone, because linkpulse did not write it: ${path}`,
  'extcap.nothing': 'there was nothing to take away',
  'extcap.title': ({ where, link }: { readonly where: string; readonly link: string }) => `linkpulse ${where}: ${link}`,
  'extcap.made': 'simulated board',
  'extcap.serve': ({ target, where }: { readonly target: string; readonly where: string }) =>
    `serve ${target} on ${where}`,
  'extcap.net': ({ target, where }: { readonly target: string; readonly where: string }) =>
    `net up ${target} on ${where}`,
  'extcap.link.all': 'everything',
  'extcap.link.ethernet': 'Ethernet',
  'extcap.link.serial-link': 'cells of the serial link',
  'extcap.link.spi': 'SPI transactions',
  'extcap.setting.board': 'Board',
  'extcap.setting.fault': 'Faults',
  'extcap.setting.fault.more': 'by name, with spaces between, as miso-open; `linkpulse faults` lists them',
  'extcap.setting.seed': 'Seed',
  'extcap.setting.peer': 'The cable goes to',
  'extcap.setting.activity': 'What goes on',
  'extcap.peer.host': 'a host',
  'extcap.peer.nothing': 'nothing (unplugged)',
  'extcap.activity.ping': 'a ping and a question each second',
  'extcap.activity.checks': 'the check suite once, as fast as it goes',
  'extcap.activity.none': 'nothing but what the board does by itself',
} as const
