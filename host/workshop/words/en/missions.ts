/** What missions say. */
export const MISSIONS_EN = {
  'missions.title': 'Missions',
  'missions.about':
    'Something is broken, and a seed says what. Find it by measuring; it is solved when what arrives says so.',
  'missions.free': 'back to free play',
  'missions.row': ({ number, title }: { number: number; title: string }) => `${number} · ${title}`,
  'missions.state': ({
    spent,
    budget,
    whole,
    wanted,
  }: {
    spent: number
    budget: number
    whole: number
    wanted: number
  }) => `${spent} of ${budget} measurements, ${whole} of ${wanted} whole`,
  'missions.over': 'more measurements than it takes: go on all the same',
  'missions.solved': ({ spent, budget, hints }: { spent: number; budget: number; hints: number }) =>
    `Solved with ${spent} of ${budget} measurements and ${hints} hint${hints === 1 ? '' : 's'}.`,
  'missions.save': 'save the result',
  'missions.again': 'the same once more',
  'missions.another': 'another one of its kind',
  'repair.area': 'Repair',
  'repair.what': 'What is to be repaired',
  'repair.nothing': 'choose',
  'repair.apply': 'repair it',
  'repair.was': ({ fault }: { fault: string }) => `Repaired: ${fault}`,
  'repair.whole': ({ fault }: { fault: string }) => `That was not it: ${fault}`,
  'refused.mission': ({ name }: { name: string }) => `There is no mission “${name}”; this is free play.`,
  'refused.in-mission': 'In a mission what is broken is found, not chosen.',
  'refused.no-mission': 'Nothing is to be repaired in free play: it is mended where it was broken.',
  'mission.silence.title': 'Nothing on the line',
  'mission.silence.text':
    'The computer sends, and nothing arrives at the other end. Find out where it stops, and make “Hi” arrive twice.',
  'mission.silence.hint.volts': 'Probe both ends: where is there still a voltage that moves?',
  'mission.silence.hint.pins': 'Look at the contacts: which one is driven, and which one should be?',
  'mission.wrong-letters.title': 'Letters come, but the wrong ones',
  'mission.wrong-letters.text': 'Every letter is marked FE. Make “Hello” arrive twice as it was sent.',
  'mission.wrong-letters.hint.flags':
    'FE: a stop bit was sampled where it was low. At which bit does it begin to go wrong?',
  'mission.wrong-letters.hint.samples':
    'The marks under the far end’s trace are its samples. Are they in the middle of a bit?',
  'mission.one-bit-too-many.title': 'One bit too many',
  'mission.one-bit-too-many.text':
    'Some letters are marked, others are not, and the rate is right at both ends. Make “Hello” arrive twice.',
  'mission.one-bit-too-many.hint.flags': 'Which flag is there, FE or PE? Is it there for every letter?',
  'mission.one-bit-too-many.hint.framing': 'Both ends must count the same: data bits, parity, stop bits.',
  'mission.upside-down.title': 'Upside down',
  'mission.upside-down.text': 'Octets arrive, but none that was sent. Make “Hi” arrive twice.',
  'mission.upside-down.hint.idle': 'Look at the line at rest: which level is that, and which one should it be?',
  'mission.upside-down.hint.levels': 'RS-232 says 1 with a negative voltage, TTL with a positive one.',
  'mission.hum.title': 'A line that talks by itself',
  'mission.hum.text': 'Octets arrive although nobody sends. Make “Hello” arrive twice.',
  'mission.hum.hint.rest': 'Look at the far end’s voltage at rest, over a long time.',
  'mission.hum.hint.ground': 'A voltage is measured against something. What do the two ends have in common?',
  'mission.far-away.title': 'Too far away',
  'mission.far-away.text': 'Near by it worked, there it does not. Make “Hello” arrive twice.',
  'mission.far-away.hint.edges': 'Look at the edges at the far end: how long does one take?',
  'mission.far-away.hint.slow': 'A cable is a capacitor. What has more time to charge?',
  'mission.now-and-then.title': 'Now and then',
  'mission.now-and-then.text': 'Most of the text arrives. Make it arrive four times in a row without a mistake.',
  'mission.now-and-then.hint.compare': 'Compare what was sent with what arrived, letter by letter, several times.',
  'mission.now-and-then.hint.kinds':
    'A letter that is another, one that is missing, one too many: three different causes.',
  'mission.no-light.title': 'No light at either end',
  'mission.no-light.text': 'Both ends are on, and neither shows a link. Make “Hello” arrive twice.',
  'mission.no-light.hint.pulses': 'A link is made of pulses. Do any arrive?',
  'mission.no-light.hint.charts': 'What is in the plug, and what is at the other end of it?',
  'mission.one-light.title': 'One light',
  'mission.one-light.text': 'One end has a link, the other has not. Make “Hello” arrive twice.',
  'mission.one-light.hint.pairs': 'Each way has a pair of its own.',
  'mission.one-light.hint.ways': 'The end without a light hears nothing: which of its pairs is that?',
  'mission.light-and-nothing.title': 'Light, and nothing comes',
  'mission.light-and-nothing.text':
    'Both lights are on, and frames are lost. Make “Hello” arrive three times in a row.',
  'mission.light-and-nothing.hint.errors': 'What does the far end say of the frames that it drops?',
  'mission.light-and-nothing.hint.twist':
    'Look at the voltage of a frame at the far end. Two conductors of one pair must be twisted with each other.',
  'mission.wrong-sum.title': 'The sum is wrong',
  'mission.wrong-sum.text':
    'All lights are on, A sends, and B takes next to nothing. Make four frames in a row from A reach B.',
  'mission.wrong-sum.hint.who': 'Send one, and look at why B drops it. What do C and D say of the very same frame?',
  'mission.wrong-sum.hint.where':
    'Either the frame leaves A with a wrong FCS, or its bits change on the way to one station. The lanes show it at the box and at B.',
  'mission.cut-off.title': 'One is cut off',
  'mission.cut-off.text': 'A sends to B, and B takes nothing. Make two frames in a row from A reach B.',
  'mission.cut-off.hint.lights': 'Which station has no link: the one that sends, or the one that is to take it?',
  'mission.cut-off.hint.hello':
    'A cable has a pair for each direction. Let each station say hello to everybody, and see who is heard and who hears.',
  'mission.no-answer.title': 'The chip does not answer',
  'mission.no-answer.text':
    'The firmware brings the chip up again and again, and never gets far. Make two frames in a row of the partner arrive and be read.',
  'mission.no-answer.hint.reads':
    'What does the firmware say it has read: FFh, as from a wire that nobody drives, or something else? Look at MOSI and MISO while CS is low.',
  'mission.no-answer.hint.clock':
    'MISO that nobody drives, MOSI that never moves, RESET that never rises, ESTAT.CLKRDY that stays 0: each is another fault.',
  'mission.nobody-comes.title': 'Nobody comes to fetch it',
  'mission.nobody-comes.text':
    'Frames are stored in the chip, and the firmware reads them late. Make it read three in a row at once, within 50 ms.',
  'mission.nobody-comes.hint.int':
    'A stored frame counts EPKTCNT up, and the chip pulls INT low. What does the controller see of it?',
  'mission.nobody-comes.hint.sck': 'If it does come at once and still takes long: how long is one clock of SCK?',
  'mission.forgetful.title': 'The chip does not remember',
  'mission.forgetful.text':
    'Registers are right, frames are stored, and what is read is something else. Make two frames in a row be read as they were sent.',
  'mission.forgetful.hint.text':
    'Compare the text of the packet in the ring with what the partner sent, letter by letter.',
  'mission.forgetful.hint.line':
    'One and the same bit wrong in every octet is a data line. Right octets in wrong places are an address line.',
  'mission.who-has.title': 'Who has 192.168.7.1?',
  'mission.who-has.text':
    'The board pings the far host, and no ping ever leaves its own network. Make two pings in a row of the far host answered.',
  'mission.who-has.hint.asks':
    'The board asks for its router by ARP. Does the question arrive whole, and does anybody answer?',
  'mission.who-has.hint.whose': 'Look at router A: is the address that the board asks for one of its addresses?',
  'mission.too-long.title': 'Long ones vanish',
  'mission.too-long.text':
    'Somebody who says only a little gets an answer. Make three pings in a row of the far host answered, with 1400 octets of data each.',
  'mission.too-long.hint.size':
    'Ping with fewer octets. Is there a length up to which each one is answered, or does it only become less likely?',
  'mission.too-long.hint.where':
    'A frame that a box swallows leaves whole, and nobody counts an error. A frame that noise hits does not get there whole.',
  'mission.knocking.title': 'Nobody opens',
  'mission.knocking.text':
    'The client connects, and nothing comes back. Make one connection whole: opened, the client’s text read by the server, and closed by both ends.',
  'mission.knocking.hint.arp':
    'Before the first SYN the client must know who has the server’s address. Is there a SYN at all?',
  'mission.knocking.hint.link':
    'Asked and not answered is one thing, not even asked another: look at the client’s link.',
  'mission.after-syn-ack.title': 'The handshake stops after SYN-ACK',
  'mission.after-syn-ack.text':
    'SYN arrives, the server answers SYN-ACK, again and again, and no connection comes about. Make one whole: opened, the client’s text read by the server, and closed by both ends.',
  'mission.after-syn-ack.hint.states':
    'Which state is each end in? ESTABLISHED has seen the SYN-ACK, SYN-SENT has not.',
  'mission.after-syn-ack.hint.box':
    'On the ladder: which segment leaves one end and never arrives at the other, however often it is sent? Both ends, the cable and the box that you see are whole.',
}
