import type { EndDeed } from '../../network/stream-end.js'

type Ended<Values = object> = Values & { readonly end: string }

/** Of the handshake station. States are the RFC's own names, in every language. */
export const HANDSHAKE_EN = {
  'handshake.set.text': 'Text to send',
  'handshake.set.delay': 'The box holds every frame for',
  'handshake.set.port': 'The server’s port 80',
  'handshake.set.draw': 'Draw j and k anew (both computers restart)',
  'handshake.set.plan': 'What becomes of which segment',
  'handshake.port.open': 'open: a program listens',
  'handshake.port.closed': 'closed: nobody listens',
  'handshake.act.client-send': 'client sends',
  'handshake.do.connect': 'connect',
  'handshake.do.send': 'send',
  'handshake.do.shutdown': 'half-close',
  'handshake.do.close': 'close',
  'handshake.do.reset': 'reset',
  'handshake.do.wait': 'let it pass',
  'handshake.do.wait.title': 'let the time pass after which this state is over by itself',
  'handshake.do.connect.title': 'connect: the three-way handshake begins',
  'handshake.do.send.title': 'write the text to the socket',
  'handshake.do.shutdown.title': 'shutdown: I send no more, and go on reading',
  'handshake.do.close.title': 'close: I send no more, and read no more',
  'handshake.do.reset.title': 'abort: drop everything, and tell the other end by a RST',

  'handshake.lane.state': 'state',
  'handshake.lane': ({ end, state }: Ended<{ state: string }>) => `${end}: ${state} now.`,

  'handshake.state.named': ({ state, article }: { state: string; article: string }) =>
    `${state} (in the article ${article})`,
  'handshake.writes': ({ end, text }: Ended<{ text: string }>) => `${end}: the program writes “${text}”.`,
  'handshake.received': ({ end, text }: Ended<{ text: string }>) => `${end}: the program reads “${text}”.`,
  'handshake.ended': ({ end }: Ended) =>
    `${end}: read gives 0. The other end sends no more; this one may, until it closes too.`,
  'handshake.error': ({ end, code }: Ended<{ code: string }>) => `${end}: the program is told ${code}.`,
  'handshake.cannot': ({ end, deed, state }: Ended<{ deed: string; state: string }>) =>
    `${end}: “${deed}” cannot be done in ${state}.`,
  'handshake.box.drops': ({ number }: { number: number }) => `The box drops segment ${number}, as it was told to.`,
  'handshake.box.holds': ({ number, milliseconds }: { number: number; milliseconds: number }) =>
    `The box holds segment ${number} back for ${milliseconds} ms, as it was told to.`,
  'handshake.box.doubles': ({ number }: { number: number }) =>
    `The box sends segment ${number} twice, as it was told to.`,
  'handshake.at': ({ end, address, state }: Ended<{ address: string; state: string }>) =>
    `${end}, ${address}: ${state}.`,
  'handshake.at.numbered': ({
    end,
    address,
    state,
    letter,
    initial,
  }: Ended<{ address: string; state: string; letter: string; initial: string }>) =>
    `${end}, ${address}: ${state}; its stream begins at ${letter} = ${initial}.`,
  'handshake.at.closed-port': ({ end, address, state }: Ended<{ address: string; state: string }>) =>
    `${end}, ${address}: ${state}; nobody listens.`,
  'handshake.at.no-link': ({ end, address, state }: Ended<{ address: string; state: string }>) =>
    `${end}, ${address}: ${state}; the card has no link.`,
  'handshake.box': ({ delay }: { delay: string }) =>
    `The box between them holds every frame for ${delay} ms, and then passes it on.`,
  'handshake.box.asked': ({ delay, asked }: { delay: string; asked: string }) =>
    `The box between them holds every frame for ${delay} ms; it is told to do otherwise with segments ${asked}.`,
  'handshake.timer.again': ({ end, seconds }: Ended<{ seconds: string }>) =>
    `${end}: unless it is acknowledged, the oldest segment is sent again in ${seconds} s.`,
  'handshake.timer.over': ({ end, seconds }: Ended<{ seconds: string }>) =>
    `${end}: this state is over by itself in ${seconds} s.`,
  'handshake.received.nothing': ({ end }: Ended) => `${end}: nothing received on this connection.`,
  'handshake.received.all': ({ end, text }: Ended<{ text: string }>) => `${end}: received “${text}”.`,
  'handshake.stage.again': ({ seconds }: { seconds: string }) => `sends again in ${seconds} s`,
  'handshake.stage.over': ({ seconds }: { seconds: string }) => `over in ${seconds} s`,
  'handshake.stage.got': ({ text }: { text: string }) => `received: ${text}`,
  'handshake.stage.no-link': 'no link',
  'handshake.pick': ({ number, what }: { number: number; what: string }) => `Segment ${number}: ${what}`,
  'handshake.pick.next': ({ number }: { number: number }) => `The next segment (${number})`,
  'handshake.pick.pass': 'let it pass',
  'handshake.pick.drop': 'drop it',
  'handshake.pick.hold': 'hold it back',
  'handshake.pick.twice': 'send it twice',
  'handshake.pick.for': 'for',
  'handshake.pick.help':
    'Press a segment on the ladder, or take the next one. What has passed already is played again with that change.',

  'handshake.task':
    'The box loses segment 2, the server’s first SYN, ACK. Even so: let the connection come about, get a text to the server, and close so that the server and not the client ends in TIME-WAIT.',
  'handshake.task.solved':
    'The SYN, ACK was lost and sent again, the text arrived, and the server waits in TIME-WAIT: solved.',
  'handshake.hint.wait':
    'Nothing needs to be repaired. See who sends again, and after how long; a higher speed saves waiting.',
  'handshake.hint.first': 'TIME-WAIT is for whoever sends the first FIN.',
  'handshake.hint.order': 'The client sends; then close at the server; then close at the client.',
} satisfies Record<string, unknown> & Record<`handshake.do.${EndDeed}`, string>
