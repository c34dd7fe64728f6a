/**
 * The microcontroller as a state chart: off, held in reset, or on; and when it is on, several concerns side by side. Nothing
 * here touches hardware: actions name what is to be done, and the controller that runs the chart does it.
 *
 *     off ─POWER ON─▶ on ─POWER OFF─▶ off
 *     on ─HOLD─▶ held ─LET GO─▶ on        (brown-out detector, RESET pin)
 *     on ─WATCHDOG─▶ on                    (boots anew)
 *
 * In `on`: reset (why it booted) · boot · chip · link · address · services · mode · fault.
 */
import { assign, raise, setup } from 'xstate'
import type { ChipTrouble } from '../enc28j60/chip-error.js'
import type { DhcpClientState } from '../net/dhcp/client-machine.js'

/** Why a controller starts (ATmega328P: MCUSR). */
export type ResetCause = 'power-on' | 'brown-out' | 'watchdog' | 'pin'

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
  | { type: 'HOLD'; cause: 'brown-out' | 'pin' }
  | { type: 'LET GO' }
  | { type: 'WATCHDOG' }
  | { type: 'CHIP UP' }
  | { type: 'CHIP TROUBLE'; trouble: ChipTrouble | 'bus'; message: string }
  | { type: 'LINK'; up: boolean }
  | { type: 'ASK FOR CHIP' }
  | { type: 'CHIP LET GO' }
  | { type: 'RETURN CHIP' }
  | { type: 'BOOTED' }
  | { type: 'DHCP'; state: DhcpClientState }

export interface ControllerContext {
  readonly startUp: number
  /** The address comes from a server. */
  readonly byDhcp: boolean
  readonly cause: ResetCause
  /** Bring-ups that failed in a row. */
  readonly failures: number
  readonly fault: FaultState
  /** What a person should know about the last event. */
  readonly reason: string
}

/** First retry after a failed bring-up, and the longest time between two, in milliseconds. */
const FIRST_RETRY = 500
const LONGEST_RETRY = 8_000

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

const FAULT_STATES = [...new Set(Object.values(FAULT_OF))]

export const controllerMachine = setup({
  types: {
    context: {} as ControllerContext,
    events: {} as ControllerEvent,
    /** `startUp`: from the end of reset to the first instruction of the firmware, in milliseconds. */
    input: {} as { startUp: number; byDhcp?: boolean },
  },
  delays: {
    'start-up time': ({ context }) => context.startUp,
    retry: ({ context }) => Math.min(FIRST_RETRY * 2 ** Math.max(0, context.failures - 1), LONGEST_RETRY),
  },
  guards: {
    'was power-on': ({ context }) => context.cause === 'power-on',
    'was brown-out': ({ context }) => context.cause === 'brown-out',
    'was watchdog': ({ context }) => context.cause === 'watchdog',
    'address comes by DHCP': ({ context }) => context.byDhcp,
    'link is up': ({ event }) => event.type === 'LINK' && event.up,
  },
  actions: {
    'bring the chip up': () => {},
    'let the chip go': () => {},
    'grant the chip': () => {},
    'abandon everything': () => {},
    'ask for an address': () => {},
    'start services': () => {},
    'stop services': () => {},
    'note a power-on': assign({ cause: 'power-on', reason: 'supply', failures: 0, fault: 'none' }),
    'note the watchdog': assign({ cause: 'watchdog', reason: 'the main loop stood still', failures: 0, fault: 'none' }),
    'note the hold': assign({
      cause: ({ event, context }) => (event.type === 'HOLD' ? event.cause : context.cause),
      reason: ({ event }) => (event.type === 'HOLD' && event.cause === 'pin' ? 'RESET is low' : 'supply too low'),
      failures: 0,
      fault: 'none',
    }),
    'note the trouble': assign({
      failures: ({ context }) => context.failures + 1,
      fault: ({ event, context }) => (event.type === 'CHIP TROUBLE' ? FAULT_OF[event.trouble] : context.fault),
      reason: ({ event, context }) => (event.type === 'CHIP TROUBLE' ? event.message : context.reason),
    }),
    'forget the trouble': assign({ failures: 0, fault: 'none', reason: '' }),
    'forget the reason': assign({ reason: '' }),
  },
}).createMachine({
  id: 'controller',
  context: ({ input }) => ({
    startUp: input.startUp,
    byDhcp: input.byDhcp ?? false,
    cause: 'power-on',
    failures: 0,
    fault: 'none',
    reason: '',
  }),
  initial: 'off',
  states: {
    off: { on: { 'POWER ON': { target: 'on', actions: 'note a power-on' } } },
    held: {
      on: {
        'LET GO': 'on',
        'POWER OFF': 'off',
        HOLD: { actions: 'note the hold' },
      },
    },
    on: {
      type: 'parallel',
      exit: ['abandon everything', 'stop services'],
      on: {
        'POWER OFF': 'off',
        HOLD: { target: 'held', actions: 'note the hold' },
        WATCHDOG: { target: 'on', reenter: true, actions: 'note the watchdog' },
      },
      states: {
        reset: {
          initial: 'asking',
          states: {
            asking: {
              always: [
                { guard: 'was power-on', target: 'power-on' },
                { guard: 'was brown-out', target: 'brown-out' },
                { guard: 'was watchdog', target: 'watchdog' },
                { target: 'pin' },
              ],
            },
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
                'start-up time': { target: 'running', actions: ['forget the reason', raise({ type: 'BOOTED' })] },
              },
            },
            running: {},
          },
        },
        chip: {
          initial: 'waiting',
          states: {
            waiting: { on: { BOOTED: 'bringing-up', 'ASK FOR CHIP': 'letting-go' } },
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
              entry: 'let the chip go',
              on: { 'CHIP LET GO': 'lent', 'RETURN CHIP': 'bringing-up' },
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
              ...DHCP_STATES.map((state) => ({ guard: dhcpIs(state), target: `.${state}` as const })),
              { guard: dhcpIs('STOPPED'), target: '.none' as const },
            ],
          },
          states: {
            none: {
              on: {
                'CHIP UP': [
                  { guard: 'address comes by DHCP', actions: 'ask for an address' },
                  { target: 'configured' },
                ],
              },
            },
            configured: { on: { 'CHIP TROUBLE': 'none', 'ASK FOR CHIP': 'none' } },
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
              on: { 'CHIP LET GO': { target: 'bridging', actions: 'grant the chip' }, 'RETURN CHIP': 'controlling' },
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
