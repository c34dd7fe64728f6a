/** The form of a board file. What each field means in full is in `definition.ts`; what fields cannot be together, in `contradictions.ts`. */
import * as v from 'valibot'
import { REVISION_ID, type SiliconRevision } from '../../firmware/enc28j60/registers.js'
import { HIGHEST_BAUD, LOWEST_BAUD } from '../../firmware/serial-link/board-link.js'
import { matching, oneOf, text, truth, volts, whole } from '../schema/fields.js'
import { LONGEST_START_UP } from './definition.js'

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
const IPV4 = `${OCTET}(?:\\.${OCTET}){3}`
const REVISIONS = Object.keys(REVISION_ID) as SiliconRevision[]
const SPI_UNIT = 'hertz; the ENC28J60 takes 20 MHz at most'
const MODES = ['model', 'avr', 'serial'] as const

const pin = (signal: string) => whole(`Pin of ${signal}`, 0, 255, 'the board\u2019s pin number')
const baud = (title: string) => whole(title, LOWEST_BAUD, HIGHEST_BAUD, 'baud')
const spiClock = (title: string) => whole(title, 10_000, 20_000_000, SPI_UNIT)

/** The version of this form; another number where a file of the form before would not be read any more. */
export const BOARD_FILE_VERSION = 1

export const BOARD_FILE = v.pipe(
  v.strictObject({
    $schema: v.exactOptional(text('Where the schema of a board file is published')),
    version: v.exactOptional(
      v.pipe(v.literal(BOARD_FILE_VERSION), v.title('Version of the form'), v.description(`${BOARD_FILE_VERSION}`)),
    ),
    name: matching(
      'As on the command line',
      /^[a-z][a-z0-9-]*$/,
      'lower case letters, digits and hyphens, a letter first',
    ),
    title: text('As a person calls it'),
    controller: v.strictObject({
      part: text('Microcontroller, as its data sheet is called'),
      clock: whole('CPU clock', 1_000_000, 1_000_000_000, 'hertz'),
      flash: whole('Flash', 1024, 1 << 30, 'octets'),
      ram: whole('RAM', 256, 1 << 30, 'octets'),
      level: volts('Level of the logic pins', 1.8, 5.5),
      brownOut: volts('Level of the brown-out detector', 1.5, 5),
      startUp: whole(
        'End of reset to the first instruction, at most',
        0,
        LONGEST_START_UP,
        'milliseconds; a session waits no longer for a board that starts',
      ),
    }),
    chip: v.strictObject({
      revision: oneOf('Silicon revision of the ENC28J60', REVISIONS),
      spiClock: spiClock('SCK'),
      highestSpiClock: spiClock('Highest SCK that the controller makes'),
      spiSynchronous: v.exactOptional(truth('Whether SCK is derived from the chip’s CLKOUT')),
      floatingMiso: oneOf('What MISO reads when nobody drives it', ['high', 'low', 'echo']),
      pins: v.strictObject({
        cs: pin('CS'),
        sck: pin('SCK'),
        mosi: pin('SI'),
        miso: pin('SO'),
        int: pin('INT'),
        reset: v.exactOptional(pin('RESET, where it is wired')),
      }),
      supply: whole('What the board’s own 3.3 V pin is specified for', 1, 10_000, 'milliamperes'),
      feed: v.exactOptional(text('The board’s pin that feeds a 3.3 V regulator for the chip')),
    }),
    serial: v.strictObject({
      baud: baud('Rate of the serial link'),
      highestBaud: baud('Highest rate'),
      bridge: text('USB bridge or native port'),
      window: whole('Cells that the board can hold', 1, 127, 'cells'),
    }),
    flash: v.strictObject({
      method: oneOf('What the boot loader speaks', ['stk500v1', 'stk500v2', 'avr109', 'uf2']),
      baud: whole('Rate of the boot loader', 300, 4_000_000, 'baud'),
      bootLoader: whole('What the boot loader takes of the flash', 0, 1 << 20, 'octets'),
    }),
    network: v.strictObject({
      // Of a network with room for a board, its gateway, and both of the addresses that no host has.
      address: matching(
        'Address of the board',
        new RegExp(`^${IPV4}/(?:[1-9]|[12][0-9]|30)$`),
        'an IPv4 address with its prefix length (1 to 30), as 192.168.7.2/24',
      ),
      gateway: matching('First hop out of the network', new RegExp(`^${IPV4}$`), 'an IPv4 address, as 192.168.7.1'),
      memory: v.exactOptional(whole('What the buffers of the stack may take of the RAM', 256, 1 << 30, 'octets')),
      station: matching(
        'Station address',
        /^[0-9a-fA-F][02468aceACE](?::[0-9a-fA-F]{2}){5}$/,
        'six octets in hexadecimal, as 02:00:00:00:00:02, the first one even (an individual address)',
      ),
    }),
    modes: v.pipe(
      v.array(v.picklist(MODES)),
      v.minLength(1),
      v.title('Ways to open it as a target'),
      v.description(`a list of at least one of ${MODES.join(', ')}`),
    ),
  }),
  v.title('A board file of linkpulse'),
)
