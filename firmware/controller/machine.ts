/**
 * The microcontroller as a state chart: without supply, held in reset, running, or hung; and while it runs, several concerns
 * side by side. Nothing here touches hardware: actions name what is to be done, and the controller that runs the chart does it.
 *
 *     off ─POWER ON─▶ on ─POWER OFF─▶ off
 *     on ─SUPPLY LOW, RESET LOW─▶ held ─(supply good and RESET high)─▶ on
 *     on ─HANG─▶ hung ─(watchdog time-out)─▶ on
 *     on ─RESTART─▶ on                               (the firmware jumps to its reset vector)
 *
 * Sources of reset are those of the ATmega328P (DS40002061B 11.2): power-on, external (the RESET pin), brown-out, watchdog. Each
 * holds the controller by itself, so `held` has a region for the brown-out detector and one for the pin, and is left when neither
 * is active. The pin keeps its level without supply, so `off` has its region too. In `hung` the processor stands still: nothing
 * that firmware does goes on, timers and services included, and nothing but a reset ends it.
 *
 * In `on`: reset (why it booted) · boot · chip · link · address · services · mode · fault.
 */
import { and, assign, raise, setup, stateIn } from 'xstate'
import type { ChipTrouble } from '../enc28j60/chip-error.js'
import { MILLISECOND } from '../hal/clock.js'
import type { DhcpClientState } from '../net/dhcp/client-machine.js'
import { DEFEND_INTERVAL } from '../net/link/address-conflicts.js'

/**
 * Why a controller starts, as the flags of MCUSR tell (DS40002061B 11.9.1): where several are set, the first of these. None is set
 * when the firmware jumped to its reset vector.
 */
const RESET_CAUSES = ['watchdog', 'power-on', 'brown-out', 'pin'] as const
export type ResetCause = (typeof RESET_CAUSES)[number]

/** What is wrong, as far as the controller can tell. */
export type FaultState =
  | 'none'
  | 'spi-dead'
  | 'clock-missing'
  | 'unknown-chip'
  | 'registers'
  | 'phy'
  | 'receiver'
  | 'transmitter'
  | 'memory'
  | 'bus-lost'

/** The fault a trouble of the chip is shown as; what the driver did not name is a bus that failed under it. */
const FAULT_OF: Readonly<Record<ChipTrouble | 'bus', FaultState>> = {
  'no-answer': 'spi-dead',
  'clock-not-ready': 'clock-missing',
  'unknown-revision': 'unknown-chip',
  'register-readback': 'registers',
  'registers-lost': 'registers',
  'phy-not-ready': 'phy',
  'receiver-deaf': 'receiver',
  'transmitter-stuck': 'transmitter',
  'memory-corrupt': 'memory',
  bus: 'bus-lost',
}

export type ControllerEvent =
  | { type: 'POWER ON' }
  | { type: 'POWER OFF' }
  | { type: 'SUPPLY LOW' }
  | { type: 'SUPPLY GOOD' }
  | { type: 'RESET LOW' }
  | { type: 'RESET HIGH' }
  | { type: 'HANG' }
  | { type: 'RESTART' }
  | { type: 'CHIP UP' }
  | { type: 'CHIP TROUBLE'; trouble: ChipTrouble | 'bus'; message: string }
  | { type: 'LINK'; up: boolean }
  | { type: 'ASK FOR CHIP' }
  | { type: 'CHIP RELEASED' }
  | { type: 'RETURN CHIP' }
  | { type: 'BOOTED' }
  | { type: 'DHCP'; state: DhcpClientState }
  /** Another station claims the address (RFC 5227 2.4); `givenUp`: it is not used now. */
  | { type: 'ADDRESS CLAIMED'; givenUp: boolean; message: string }
  /** Nobody has the address any more that was given up. */
  | { type: 'ADDRESS REGAINED' }

export interface ControllerContext {
  readonly startUpMilliseconds: number
  /** The address comes from a server. */
  readonly byDhcp: boolean
  /** MCUSR: what has reset it since firmware last ran, which reads and clears them. */
  readonly resetFlags: readonly ResetCause[]
  /** Bring-ups that failed in a row. */
  readonly failures: number
  readonly fault: FaultState
  /** What a person should know about the last event. */
  readonly reason: string
  /** What a person should know about the last claim to its address. */
  readonly claim: string
  /** The address is given up, until it is regained. */
  readonly givenUp: boolean
}

/** First retry after a failed bring-up, and the longest time between two, in milliseconds. */
const FIRST_RETRY_MILLISECONDS = 500
const LONGEST_RETRY_MILLISECONDS = 8_000

/** The watchdog's period in milliseconds: 256 K cycles of its 128 kHz oscillator (DS40002061B table 11-2, WDP 0111). */
const WATCHDOG_PERIOD_MILLISECONDS = 2_048

const isFault =
  (state: FaultState) =>
  ({ context }: { context: ControllerContext }) =>
    context.fault === state

/** States of the DHCP client that the address region shows: those of RFC 2131 figure 5. */
const DHCP_STATES = [
  'INIT',
  'SELECTING',
  'REQUESTING',
  'BOUND',
  'RENEWING',
  'REBINDING',
  'INIT-REBOOT',
  'REBOOTING',
  'RELEASING',
] as const satisfies readonly DhcpClientState[]

const dhcpIs =
  (state: DhcpClientState) =>
  ({ event }: { event: ControllerEvent }) =>
    event.type === 'DHCP' && event.state === state

const wasReset =
  (cause: ResetCause) =>
  ({ context }: { context: ControllerContext }) =>
    context.resetFlags.includes(cause)

/** What was in RAM is gone. */
const FORGOTTEN = { failures: 0, fault: 'none' } as const

/** A flag of MCUSR stays until it is cleared. */
const noteReset = (cause: ResetCause, reason: string) =>
  assign<ControllerContext, ControllerEvent, undefined, ControllerEvent, never>({
    resetFlags: ({ context }) => [...new Set([...context.resetFlags, cause])],
    reason,
    ...FORGOTTEN,
  })

const FAULT_STATES = [...new Set(Object.values(FAULT_OF))]

export const controllerMachine = setup({
  types: {
    context: {} as ControllerContext,
    events: {} as ControllerEvent,
    /** `startUpMilliseconds`: from the end of reset to the first instruction of the firmware, in milliseconds. */
    input: {} as { startUpMilliseconds: number; byDhcp?: boolean },
  },
  delays: {
    // A jump to the reset vector waits for no time-out of the reset logic.
    'start-up time': ({ context }) => (context.resetFlags.length === 0 ? 0 : context.startUpMilliseconds),
    'watchdog time-out': WATCHDOG_PERIOD_MILLISECONDS,
    'a claim counts': DEFEND_INTERVAL / MILLISECOND,
    retry: ({ context }) =>
      Math.min(FIRST_RETRY_MILLISECONDS * 2 ** Math.max(0, context.failures - 1), LONGEST_RETRY_MILLISECONDS),
  },
  guards: {
    'no reset is active': and([
      stateIn({ held: { 'brown-out': 'inactive' } }),
      stateIn({ held: { 'RESET pin': 'high' } }),
    ]),
    'address comes by DHCP': ({ context }) => context.byDhcp,
    'link is up': ({ event }) => event.type === 'LINK' && event.up,
    'address is given up now': ({ event }) => event.type === 'ADDRESS CLAIMED' && event.givenUp,
    'address is given up': ({ context }) => context.givenUp,
  },
  actions: {
    'bring the chip up': () => {},
    'release the chip': () => {},
    'grant the chip': () => {},
    'abandon everything': () => {},
    'ask for an address': () => {},
    'start services': () => {},
    'stop services': () => {},
    // PORF alone: a power-on clears the other flags (DS40002061B 11.9.1).
    'note a power-on': assign({ resetFlags: ['power-on'], reason: 'supply', ...FORGOTTEN }),
    'note a brown-out': noteReset('brown-out', 'supply too low'),
    'note the RESET pin': noteReset('pin', 'RESET is low'),
    'note the watchdog': noteReset('watchdog', 'the main loop stood still'),
    'note a restart': assign({ resetFlags: [], reason: 'the firmware began anew', ...FORGOTTEN }),
    'clear the reset flags': assign({ resetFlags: [] }),
    'note the trouble': assign({
      failures: ({ context }) => context.failures + 1,
      fault: ({ event, context }) => (event.type === 'CHIP TROUBLE' ? FAULT_OF[event.trouble] : context.fault),
      reason: ({ event, context }) => (event.type === 'CHIP TROUBLE' ? event.message : context.reason),
    }),
    'forget the trouble': assign({ failures: 0, fault: 'none', reason: '' }),
    'forget the reason': assign({ reason: '' }),
    'note the claim': assign({
      claim: ({ event, context }) => (event.type === 'ADDRESS CLAIMED' ? event.message : context.claim),
      givenUp: ({ event, context }) => (event.type === 'ADDRESS CLAIMED' ? event.givenUp : context.givenUp),
    }),
    'forget the claim': assign({ claim: '', givenUp: false }),
  },
}).createMachine({
  id: 'controller',
  context: ({ input }) => ({
    startUpMilliseconds: input.startUpMilliseconds,
    byDhcp: input.byDhcp ?? false,
    resetFlags: [],
    failures: 0,
    fault: 'none',
    reason: '',
    claim: '',
    givenUp: false,
  }),
  initial: 'off',
  states: {
    off: {
      type: 'parallel',
      states: {
        'RESET pin': {
          initial: 'high',
          states: {
            high: { on: { 'RESET LOW': 'low', 'POWER ON': { target: '#on', actions: 'note a power-on' } } },
            low: {
              id: 'off with RESET low',
              on: { 'RESET HIGH': 'high', 'POWER ON': { target: '#held by RESET', actions: 'note a power-on' } },
            },
          },
        },
      },
    },
    held: {
      type: 'parallel',
      always: { guard: 'no reset is active', target: 'on' },
      states: {
        'brown-out': {
          initial: 'inactive',
          states: {
            inactive: { on: { 'SUPPLY LOW': { target: 'active', actions: 'note a brown-out' } } },
            active: { id: 'held by brown-out', on: { 'SUPPLY GOOD': 'inactive' } },
          },
        },
        'RESET pin': {
          initial: 'high',
          states: {
            high: {
              on: { 'RESET LOW': { target: 'low', actions: 'note the RESET pin' }, 'POWER OFF': '#controller.off' },
            },
            low: { id: 'held by RESET', on: { 'RESET HIGH': 'high', 'POWER OFF': '#off with RESET low' } },
          },
        },
      },
    },
    hung: {
      on: {
        'POWER OFF': 'off',
        'SUPPLY LOW': { target: '#held by brown-out', actions: 'note a brown-out' },
        'RESET LOW': { target: '#held by RESET', actions: 'note the RESET pin' },
      },
      after: { 'watchdog time-out': { target: 'on', actions: 'note the watchdog' } },
    },
    on: {
      id: 'on',
      type: 'parallel',
      exit: ['abandon everything', 'stop services', 'forget the claim'],
      on: {
        'POWER OFF': 'off',
        'SUPPLY LOW': { target: '#held by brown-out', actions: 'note a brown-out' },
        'RESET LOW': { target: '#held by RESET', actions: 'note the RESET pin' },
      },
      states: {
        reset: {
          initial: 'asking',
          states: {
            asking: {
              always: [
                ...RESET_CAUSES.map((cause) => ({ guard: wasReset(cause), target: cause })),
                { target: 'none' as const },
              ],
            },
            none: {},
            'power-on': {},
            'brown-out': {},
            watchdog: {},
            pin: {},
          },
        },
        boot: {
          initial: 'starting',
          states: {
            starting: {
              after: {
                'start-up time': {
                  target: 'running',
                  actions: ['forget the reason', 'clear the reset flags', raise({ type: 'BOOTED' })],
                },
              },
            },
            // Firmware that has not started cannot stand still, nor start itself anew.
            running: {
              on: { HANG: '#controller.hung', RESTART: { target: '#on', reenter: true, actions: 'note a restart' } },
            },
          },
        },
        chip: {
          initial: 'waiting',
          states: {
            waiting: { on: { BOOTED: 'bringing-up' } },
            'bringing-up': {
              entry: 'bring the chip up',
              on: {
                'CHIP UP': { target: 'running', actions: 'forget the trouble' },
                'CHIP TROUBLE': { target: 'failed', actions: 'note the trouble' },
                'ASK FOR CHIP': 'letting-go',
              },
            },
            running: {
              on: {
                'CHIP TROUBLE': { target: 'failed', actions: 'note the trouble' },
                'ASK FOR CHIP': 'letting-go',
              },
            },
            failed: {
              after: { retry: 'bringing-up' },
              on: { 'ASK FOR CHIP': 'letting-go' },
            },
            'letting-go': {
              entry: 'release the chip',
              on: { 'CHIP RELEASED': 'lent', 'RETURN CHIP': 'bringing-up' },
            },
            lent: { on: { 'RETURN CHIP': 'bringing-up' } },
          },
        },
        link: {
          initial: 'down',
          states: {
            down: { on: { LINK: { guard: 'link is up', target: 'up' } } },
            up: {
              on: {
                LINK: { guard: ({ event }) => !event.up, target: 'down' },
                'CHIP TROUBLE': 'down',
                'ASK FOR CHIP': 'down',
              },
            },
          },
        },
        address: {
          // A static address needs the chip and nothing else. One from a server outlives trouble with the chip, as it outlives a
          // link that is gone: the client has it confirmed.
          initial: 'none',
          on: {
            DHCP: [
              ...DHCP_STATES.map((state) => ({
                guard: dhcpIs(state),
                target: `.${state}` as const,
                actions: 'forget the claim' as const,
              })),
              { guard: dhcpIs('STOPPED'), target: '.none' as const, actions: 'forget the claim' as const },
            ],
            'ADDRESS CLAIMED': { guard: 'address is given up now', target: '.given-up', actions: 'note the claim' },
            'ADDRESS REGAINED': { actions: 'forget the claim' },
          },
          states: {
            none: {
              on: {
                'CHIP UP': [
                  { guard: 'address comes by DHCP', actions: 'ask for an address' },
                  { guard: 'address is given up', target: 'given-up' },
                  { target: 'configured' },
                ],
              },
            },
            configured: {
              on: {
                'CHIP TROUBLE': 'none',
                'ASK FOR CHIP': 'none',
                'ADDRESS CLAIMED': [
                  { guard: 'address is given up now', target: 'given-up', actions: 'note the claim' },
                  { target: 'contested', actions: 'note the claim' },
                ],
              },
            },
            // Somebody else claims it, and was answered: in use, as long as nothing else follows.
            contested: {
              after: { 'a claim counts': { target: 'configured', actions: 'forget the claim' } },
              on: {
                'CHIP TROUBLE': 'none',
                'ASK FOR CHIP': 'none',
                'ADDRESS CLAIMED': [
                  { guard: 'address is given up now', target: 'given-up', actions: 'note the claim' },
                  { target: 'contested', reenter: true, actions: 'note the claim' },
                ],
              },
            },
            'given-up': {
              on: {
                'CHIP TROUBLE': 'none',
                'ASK FOR CHIP': 'none',
                'ADDRESS REGAINED': { target: 'configured', actions: 'forget the claim' },
              },
            },
            INIT: {},
            SELECTING: {},
            REQUESTING: {},
            BOUND: {},
            RENEWING: {},
            REBINDING: {},
            'INIT-REBOOT': {},
            REBOOTING: {},
            RELEASING: {},
          },
        },
        services: {
          initial: 'stopped',
          states: {
            stopped: { on: { 'CHIP UP': { target: 'running', actions: 'start services' } } },
            running: {
              on: {
                'CHIP TROUBLE': { target: 'stopped', actions: 'stop services' },
                'ASK FOR CHIP': { target: 'stopped', actions: 'stop services' },
              },
            },
          },
        },
        mode: {
          initial: 'controlling',
          states: {
            controlling: { on: { 'ASK FOR CHIP': 'handing-over' } },
            'handing-over': {
              on: { 'CHIP RELEASED': { target: 'bridging', actions: 'grant the chip' }, 'RETURN CHIP': 'controlling' },
            },
            bridging: { on: { 'RETURN CHIP': 'controlling' } },
          },
        },
        fault: {
          initial: 'none',
          on: {
            'CHIP TROUBLE': '.asking',
            'CHIP UP': '.none',
            'ASK FOR CHIP': '.none',
          },
          states: {
            asking: { always: FAULT_STATES.map((state) => ({ guard: isFault(state), target: state })) },
            none: {},
            'spi-dead': {},
            'clock-missing': {},
            'unknown-chip': {},
            registers: {},
            phy: {},
            receiver: {},
            transmitter: {},
            memory: {},
            'bus-lost': {},
          },
        },
      },
    },
  },
})
