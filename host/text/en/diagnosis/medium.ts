/** Cables that look like no cable, and partners that are there and do harm. */
import { counted } from '../counted.js'

export const MEDIUM_DIAGNOSIS = {
  'dead-both-ways.untold':
    'Both ends have power and neither sees a link: this end cannot tell such a cable or partner from a plug that is out.',
  'busy-line.readings': ({ busy, readings }: { readonly busy: number; readonly readings: string }) =>
    `The line was busy in ${busy} of ${counted(readings, 'reading')} while nobody had been asked anything.`,

  'cable-straight.remedy':
    'Look at both plugs side by side: the same order of colours is a straight cable. The board is wired as a computer is (MDI, it sends on pins 1 and 2): to a computer without ' +
    'auto-MDIX it needs a crossover cable (pins 1 and 2 to 3 and 6), to a hub or switch a straight one. A switch in between helps either way.',
  'partner-100-only.remedy':
    'Set the partner’s socket to automatic, or to 10 Mbit/s half duplex: the chip speaks 10BASE-T only. Many sockets at 1 Gbit/s and above no longer ' +
    'do; put an old 10/100 switch in between.',
  'cable-shorted.remedy':
    'Take the cable out at both ends and measure between neighbouring pins of one plug: above 1 MΩ they are apart, at a few ohms two conductors touch. ' +
    'Crimp a new plug, or take another cable; look for a staple or a nail through it.',
  'cable-too-long.remedy': ({ frames, pulses }: { readonly frames: number; readonly pulses: number }) =>
    `Keep the cable under 100 m. Over more than some ${frames} m of category 5e frames no longer open the receiver’s squelch, and over more than some ${pulses} m ` +
    'link test pulses do not either: in between there is a link that passes nothing. Try with a short cable. Where the way is longer, put a switch in the middle, or use fibre.',

  'partner-silent.one-way':
    'The partner sees the link and nothing comes from it: its transmitter is dead, or the pair on the way here is broken, which is likelier.',
  'partner-silent.remedy':
    'Try the cable and the board with another partner: if the link comes up there, this partner’s transmitter, its transformer or its socket is broken. If ' +
    'it does not, the receive pair of the cable or of the board is.',

  'cable-split-pair.own-collisions':
    'The line is quiet as long as the chip listens, and no frame of its own gets out: it collides with itself, across from the sending pair into the receiving one.',
  'cable-split-pair.last-attempt': ({ collisions }: { readonly collisions: number }) =>
    `The last attempt ended after ${counted(collisions, 'collision')}, of which nobody else was the cause.`,
  'cable-split-pair.conductors': 'Both ends see the link: every conductor leads where it should.',
  'cable-split-pair.remedy':
    'Look at a plug: the conductors on pins 3 and 6 must be of one colour (white/green and green in T568B), with blue on 4 and 5 between them. A tester that ' +
    'only checks continuity does not see this. Crimp new plugs, or take another cable.',

  'partner-jabber.endless': 'No frame came out of it: it is one signal without an end.',
  'partner-jabber.waits': 'The chip waits for the end in vain and sends nothing.',
  'partner-jabber.remedy':
    'Unplug the partner: the receive LED must go out. A network card that sends for more than 20 ms to 150 ms without a pause must cut itself off (IEEE 802.3 14.2.1.6); ' +
    'one that does not is broken: restart it, then replace it. Where there is a hub in between, unplug one port after another.',

  'partner-pause-flood.count': ({ count, time }: { readonly count: number; readonly time: string }) =>
    `${counted(count, 'pause frame')} came in ${time} ms (type 8808h, opcode 0001h).`,
  'partner-pause-flood.remedy':
    'Unplug the partner, or switch its flow control off. A card that hangs with its receive memory full sends pause frames until it is restarted, and stops every switch port in ' +
    'full duplex that hears them; here they only take up the line, because the chip runs half duplex, where pause frames have no business.',

  'partner-runts.count': ({ count, time }: { readonly count: number; readonly time: string }) =>
    `${counted(count, 'frame')} of fewer than 64 octets came in ${time} ms.`,
  'partner-runts.no-pauses': 'They are no pause frames.',
  'partner-runts.remedy':
    'Whoever sends frames of fewer than 64 octets does not pad them: look at the partner’s driver, or at its option for padding. The chip takes frames from 18 octets on (DS39662 6.5), others ' +
    'throw them away. If they are pieces with a wrong FCS, they are what collisions leave behind: look for a partner in full duplex, or for a cable that is too long.',
}
