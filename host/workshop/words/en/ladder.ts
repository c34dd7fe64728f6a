type Ended<Values = object> = Values & { readonly end: string }

/** Of a ladder and what is written beside it: two ends, a box between them, and what passed. */
export const LADDER_EN = {
  'ladder.end.client': 'Client',
  'ladder.end.server': 'Server',
  'ladder.lane.sends': 'sends',
  'ladder.state': ({ end, state, previous }: Ended<{ state: string; previous: string }>) =>
    `${end}: from ${previous} to ${state}.`,
  'ladder.sends': ({ end, flags, formula }: Ended<{ flags: string; formula: string }>) =>
    `${end} sends ${flags}: ${formula}.`,
  'ladder.sends-again': ({ end, flags, formula }: Ended<{ flags: string; formula: string }>) =>
    `${end} sends ${flags} again, because nobody has acknowledged it: ${formula}.`,
  'ladder.no-link': ({ end }: Ended) => `${end}: the card has no link and takes nothing.`,
  'ladder.link.up': ({ end }: Ended) => `${end}: the link is up.`,
  'ladder.link.down': ({ end }: Ended) => `${end}: the link is down.`,
  'ladder.box.no-link': ({ end }: Ended) => `The box has no link towards the other end (${end}): the frame is lost.`,
  'ladder.row': ({ end, number, what, outcome }: Ended<{ number: number; what: string; outcome: string }>) =>
    `Segment ${number}, from the ${end.toLowerCase()}: ${what}; ${outcome}.`,
  'ladder.row.unnumbered': ({ end, what, outcome }: Ended<{ what: string; outcome: string }>) =>
    `From the ${end.toLowerCase()}: ${what}; ${outcome}.`,
  'ladder.segment': ({ flags, formula, values }: { flags: string; formula: string; values: string }) =>
    `${flags}, ${formula} (${values})`,
  'ladder.segment.again': ({ flags, formula, values }: { flags: string; formula: string; values: string }) =>
    `${flags} again, ${formula} (${values})`,
  'ladder.flags.again': ({ flags }: { flags: string }) => `${flags} (again)`,
  'ladder.arp.request': 'ARP: who has the address',
  'ladder.arp.reply': 'ARP: I have it',
  'ladder.spoilt': ({ why }: { why: string }) => `changed on the way (${why})`,
  'ladder.fate.arrived': ({ milliseconds }: { milliseconds: string }) => `it arrived after ${milliseconds} ms`,
  'ladder.fate.held': ({ milliseconds }: { milliseconds: string }) =>
    `held back in the box, it arrived after ${milliseconds} ms`,
  'ladder.fate.twice': ({ times }: { times: number }) => `sent twice by the box, it has arrived ${times} times`,
  'ladder.fate.dropped': 'the box dropped it',
  'ladder.fate.no-link': 'it was not sent, because the card has no link',
  'ladder.fate.refused': 'it stayed in the box, which has no link on the other side',
  'ladder.fate.missing': 'it has not arrived',
  'ladder.fate.under-way': 'it is on its way',
  'ladder.box': 'box',
  'ladder.title': 'What passed between them',
}
