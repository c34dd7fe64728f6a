/** The form of a board file. What each field means in full is in `definition.ts`; what fields cannot be together, in `contradictions.ts`. */
import * as v from 'valibot'
import { HIGHEST_BAUD, LOWEST_BAUD } from '../../firmware/serial-link/board-link.js'
import { matchingField, oneOfField, textField, truthField, voltsField, wholeField } from '../schema/fields.js'
import { CONTROLLER_PARTS, FEED_PINS, LONGEST_START_UP_MILLISECONDS } from './definition.js'
import { REVISION, spiClockField, stackMemoryField } from './fields.js'

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])'
const IPV4 = `${OCTET}(?:\\.${OCTET}){3}`
const MODES = ['model', 'avr', 'serial'] as const

const pin = (signal: string) => wholeField(`Pin of ${signal}`, 0, 255, 'the board\u2019s pin number')
const baud = (title: string) => wholeField(title, LOWEST_BAUD, HIGHEST_BAUD, 'baud')

/** The version of this form; another number where a file of the form before would not be read any more. */
export const BOARD_FILE_VERSION = 1

export const BOARD_FILE_SCHEMA = v.pipe(
  v.strictObject({
    $schema: v.exactOptional(textField('Where the schema of a board file is published')),
    version: v.exactOptional(
      v.pipe(v.literal(BOARD_FILE_VERSION), v.title('Version of the form'), v.description(`${BOARD_FILE_VERSION}`)),
    ),
    name: matchingField(
      'As on the command line',
      /^[a-z][a-z0-9-]*$/,
      'lower case letters, digits and hyphens, a letter first',
    ),
    title: textField('As a person calls it'),
    controller: v.strictObject({
      part: oneOfField('Microcontroller, as its data sheet is called', CONTROLLER_PARTS),
      clock: wholeField('CPU clock', 1_000_000, 1_000_000_000, 'hertz'),
      flash: wholeField('Flash', 1024, 1 << 30, 'octets'),
      ram: wholeField('RAM', 256, 1 << 30, 'octets'),
      level: voltsField('Level of the logic pins', 1.8, 5.5),
      brownOut: voltsField('Level of the brown-out detector', 1.5, 5),
      startUpMilliseconds: wholeField(
        'End of reset to the first instruction, at most',
        0,
        LONGEST_START_UP_MILLISECONDS,
        'milliseconds; a session waits no longer for a board that starts',
      ),
    }),
    chip: v.strictObject({
      revision: REVISION,
      spiClock: spiClockField('SCK'),
      highestSpiClock: spiClockField('Highest SCK that the controller makes'),
      spiSynchronous: v.exactOptional(truthField('Whether SCK is derived from the chip’s CLKOUT')),
      floatingMiso: oneOfField('What MISO reads when nobody drives it', ['high', 'low', 'echo']),
      pins: v.strictObject({
        cs: pin('CS'),
        sck: pin('SCK'),
        mosi: pin('SI'),
        miso: pin('SO'),
        int: pin('INT'),
        reset: v.exactOptional(pin('RESET, where it is wired')),
      }),
      supply: wholeField('What the board’s own 3.3 V pin is specified for', 1, 10_000, 'milliamperes'),
      feed: v.exactOptional(oneOfField('The board’s pin that feeds a 3.3 V regulator for the chip', FEED_PINS)),
    }),
    serial: v.strictObject({
      baud: baud('Rate of the serial link'),
      highestBaud: baud('Highest rate'),
      bridge: textField('USB bridge or native port'),
      window: wholeField('Cells that the board can hold', 1, 127, 'cells'),
    }),
    flash: v.strictObject({
      method: oneOfField('What the boot loader speaks', ['stk500v1', 'stk500v2', 'avr109', 'uf2']),
      baud: wholeField('Rate of the boot loader', 300, 4_000_000, 'baud'),
      bootLoader: wholeField('What the boot loader takes of the flash', 0, 1 << 20, 'octets'),
    }),
    network: v.strictObject({
      // Of a network with room for a board, its gateway, and both of the addresses that no host has.
      address: matchingField(
        'Address of the board',
        new RegExp(`^${IPV4}/(?:[1-9]|[12][0-9]|30)$`),
        'an IPv4 address with its prefix length (1 to 30), as 192.168.7.2/24',
      ),
      gateway: matchingField(
        'First hop out of the network',
        new RegExp(`^${IPV4}$`),
        'an IPv4 address, as 192.168.7.1',
      ),
      memory: v.exactOptional(stackMemoryField('What the buffers of the stack may take of the RAM', 256)),
      station: matchingField(
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
