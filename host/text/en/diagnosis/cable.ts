/** The cable, and whoever is at its other end. */
import { counted } from '../counted.js'
import { times } from '../times.js'

export const CABLE_DIAGNOSIS = {
  'silent-pair.no-link': ({ reason }: { readonly reason: string }) =>
    `There was ${reason}; a switch takes 5.5 s at most.`,
  'silent-pair.nothing-received': ({ readings }: { readonly readings: string }) =>
    `${counted(readings, 'reading')} of PHSTAT2 never saw anything being received: the pair is silent.`,

  'cable-unplugged.phy': 'The PHY answers, is awake and is set up as it should be.',
  'cable-unplugged.partner': 'The partner has power and sees no link either: nothing goes either way.',
  'cable-unplugged.remedy':
    'Plug the cable in until it clicks, at both ends, and see whether the partner’s link LED lights. Try another cable and another socket. ' +
    'The chip speaks 10BASE-T only and crosses nothing by itself: a partner without auto-MDIX needs a crossover cable, ' +
    'and one that was set to 100 or 1000 Mbit/s must be set to automatic.',

  'rx-pair-open.one-way': 'The partner sees the link: what the chip sends arrives, what the partner sends does not.',
  'rx-pair-open.remedy':
    'A wire of the receive pair is broken: pins 3 and 6 of the RJ-45 plug. Test the cable with a cable tester or with a multimeter (each pin below 1 Ω ' +
    'from plug to plug), replace it; if it is sound, look for a bad joint between jack, transformer and TPIN+ and TPIN- (pins 13 and 12 of the chip).',

  'partner-off.dark': 'The partner has no power: none of its LEDs is lit.',
  'partner-off.remedy':
    'Switch the partner on, and see whether its link LED lights. If it sleeps, wake it; if its socket is disabled in its settings, enable it.',

  'tx-pair-open.one-way':
    'The link is up here, and the partner, which has power, sees none: nothing the chip sends arrives.',
  'tx-pair-open.unanswered': ({ reason }: { readonly reason: string }) =>
    `Frames leave and nothing comes back: ${reason}.`,
  'tx-pair-open.remedy':
    'A wire of the transmit pair is broken: pins 1 and 2 of the RJ-45 plug. Test the cable from plug to plug (each pin below 1 Ω), replace it; if it is sound, look for a ' +
    'bad joint between jack, transformer and TPOUT+ and TPOUT- (pins 17 and 16 of the chip), and whether the transformer’s centre tap has 3.3 V.',

  'cable-intermittent.lost': ({ count }: { readonly count: number }) =>
    `The link came up and was lost again ${times(count)} while it was in use.`,
  'cable-intermittent.registers': 'The chip kept its registers all the time, so it is not its supply.',
  'cable-intermittent.remedy':
    'A plug is loose or a wire is broken inside the cable: move the cable near each plug while a check runs and watch the link LED. Replace the cable; if ' +
    'the link still comes and goes, look at the latch and the contacts of the jack, and at its joints on the board.',

  'partner-full-duplex.clean': ({ clean, rounds }: { readonly clean: string; readonly rounds: string }) =>
    `In ${clean} of ${counted(rounds, 'round')} both ends sent at once and nothing was lost: a partner in half duplex would have collided.`,
  'partner-full-duplex.broken': ({ broken, rounds }: { readonly broken: number; readonly rounds: string }) =>
    `With both ends sending, the chip broke transmissions off in ${broken} of ${counted(rounds, 'round')}: the partner barges in where it should wait.`,
  'partner-full-duplex.undamaged':
    'With one end sending at a time everything arrives undamaged, so it is not the cable.',
  'partner-full-duplex.remedy':
    'Set the partner’s socket to automatic, or to 10 Mbit/s half duplex. Forced to full duplex it sends without listening, and the chip, which cannot negotiate and therefore runs half duplex, takes every frame of it for a ' +
    'collision. Where the partner must stay as it is, set both sides to full duplex by hand.',

  'rx-pair-reversed.pulses': ({ reversed, readings }: { readonly reversed: number; readonly readings: string }) =>
    `PHSTAT2.PLRITY was set in ${reversed} of ${counted(readings, 'reading')}: link pulses arrive upside down.`,
  'rx-pair-reversed.no-link': 'The link does not come up on them.',
  'rx-pair-reversed.frames': 'The link is up, and frames do not arrive as they should.',
  'rx-pair-reversed.remedy':
    'The two wires of the receive pair are exchanged: pins 3 and 6 of the RJ-45 plug (white/green and green in T568B). Look at both plugs side by ' +
    'side, or use a cable tester; replace the cable. If the cable is sound, TPIN+ and TPIN- (pins 13 and 12 of the chip) are exchanged on the ' +
    'module. The chip’s own correction does not work (erratum 7).',

  'cable-noise.wrong-fcs': ({ wrong, sent }: { readonly wrong: number; readonly sent: string }) =>
    `${wrong} of ${counted(sent, 'frame')} arrived with a wrong FCS: bits are flipped on the way here.`,
  'cable-noise.unanswered': ({ lost, sent }: { readonly lost: number; readonly sent: string }) =>
    `${lost} of ${sent} had no answer: the partner threw away what reached it damaged.`,
  'cable-noise.set-up':
    'The link is up and both halves of the chip agree on the duplex, so it is not a matter of set-up.',
  'cable-noise.sends': 'The chip sends without collisions.',
  'cable-noise.remedy':
    'Swap the cable first: a damaged or split pair looks like this. Keep it away from mains, motors and fluorescent lamps, and under 100 m. ' +
    'Then check the four 49.9 Ω resistors and RBIAS (2.32 kΩ on revisions B5 and B7, 2.7 kΩ before) on the module, and a supply that stays above 3.1 V while it sends.',
}
