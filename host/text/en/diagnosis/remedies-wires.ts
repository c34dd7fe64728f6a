/** What a person does about single wires of SPI: the cheapest look first. */
const METER = 'Pull the supply and measure with a multimeter'
const ROWS = 'Compare each wire with the print of the module and the pins of the controller (`linkpulse boards NAME`)'

export const WIRE_REMEDIES = {
  'miso-stuck-low.remedy': `Pull other modules off the bus: one of them may hold MISO low. Then ${METER.toLowerCase()} between SO of the module and ground: below 100 Ω there is a short, look for solder between SO and its neighbours.`,
  'miso-stuck-high.remedy': `${METER} between SO of the module and 3.3 V: below 100 Ω there is a short. Look for solder between SO and its neighbours, and for a wire in the wrong row.`,
  'mosi-open.remedy': `Reseat the wire from MOSI of the controller (pin 11 on an Uno) to SI of the module. ${METER} from end to end: it should be below 1 Ω.`,
  'mosi-stuck-low.remedy': `${METER} between SI of the module and ground: below 100 Ω there is a short. Look for solder, and for another output on the same pin of the controller.`,
  'mosi-stuck-high.remedy': `${METER} between SI of the module and 3.3 V: below 100 Ω there is a short. Look for solder, and for a wire in the supply’s row.`,
  'sck-open.remedy': `Reseat the wire from SCK of the controller (pin 13 on an Uno) to SCK of the module. ${METER} from end to end: it should be below 1 Ω.`,
  'sck-stuck-low.remedy': `${METER} between SCK of the module and ground: below 100 Ω there is a short. On an Uno the LED at pin 13 hangs on the same wire; it is no short.`,
  'sck-stuck-high.remedy': `${METER} between SCK of the module and 3.3 V: below 100 Ω there is a short. Look for solder, and for a wire in the supply’s row.`,
  'cs-open.remedy': `See that the chip select wire ends at the pin that the board’s settings name (10 or 8 on an Uno), and reseat it. ${METER} from end to end: it should be below 1 Ω.`,
  'int-stuck-low.remedy': `Pull the INT wire off the controller: if its input is high then, the short is on the module. ${METER} between INT and ground: look for solder between INT and its neighbours.`,
  'int-stuck-high.remedy': `See that the INT wire is not in a row of the supply. ${METER} between INT of the module and 3.3 V: below 100 Ω there is a short.`,
  'reset-held.remedy':
    'Measure RESET of the module while it has power: it must be at 3.3 V. Pull its wire off: if it rises then, the controller’s pin or the wire holds it low; if it stays low, look for solder at RST.',
  'reset-glitch.remedy':
    'Keep the RESET wire short and away from SCK and the supply; put 10 kΩ from RST to 3.3 V and 100 nF to ground at the module. Where nothing drives it, pull the wire off.',
  'spi-wire-loose.remedy':
    'Wiggle each wire of SPI while a check repeats, and see which one makes it fail; reseat that one or exchange it. On a breadboard move it to another hole, and look for a cold solder joint at the header.',
  'sck-mosi-shorted.remedy': `Look for wires or solder that touch at SCK and SI of the module. ${METER} between the two: it must be above 10 kΩ.`,
  'mosi-miso-shorted.remedy': `Look for wires or solder that touch at SI and SO of the module, which lie side by side. ${METER} between the two: it must be above 10 kΩ.`,
  'sck-miso-shorted.remedy': `Look for wires or solder that touch at SCK and SO of the module. ${METER} between the two: it must be above 10 kΩ.`,
  'sck-cs-shorted.remedy': `Look for wires or solder that touch at SCK and CS of the module. ${METER} between the two: it must be above 10 kΩ.`,
  'cs-mosi-shorted.remedy': `Look for wires or solder that touch at CS and SI of the module. ${METER} between the two: it must be above 10 kΩ.`,
  'cs-miso-shorted.remedy': `Look for wires or solder that touch at CS and SO of the module. ${METER} between the two: it must be above 10 kΩ.`,
  'miso-int-shorted.remedy': `Look for wires or solder that touch at SO and INT of the module, which lie side by side. ${METER} between the two: it must be above 10 kΩ.`,
  'mosi-int-shorted.remedy': `Look for wires or solder that touch at SI and INT of the module. ${METER} between the two: it must be above 10 kΩ.`,
  'sck-mosi-swapped.remedy': `${ROWS}: SCK and MOSI are exchanged, as pins 13 and 11 on an Uno are easily. Exchange the two and check again.`,
  'sck-cs-swapped.remedy': `${ROWS}: SCK and CS are exchanged. Exchange the two and check again.`,
  'mosi-cs-swapped.remedy': `${ROWS}: MOSI and CS are exchanged, as pins 11 and 10 on an Uno are easily. Exchange the two and check again.`,
  'sck-miso-swapped.remedy': `${ROWS}: SCK and MISO are exchanged, as pins 13 and 12 on an Uno are easily. Exchange the two and check again.`,
  'miso-int-swapped.remedy': `${ROWS}: MISO and INT are exchanged. Exchange the two and check again.`,
  'spi-mode.remedy':
    'See what SPI mode the firmware sets: the chip knows mode 0 (CPOL 0, CPHA 0; data sheet 4.1). With our bridge firmware flash it again; with your own, begin each transaction with SPISettings(…, SPI_MODE0).',
  'spi-bit-order.remedy':
    'See what bit order the firmware sets: the chip takes the highest bit first (DORD = 0, MSBFIRST). With our bridge firmware flash it again; other devices on the bus may have changed it.',
  'sck-rings.remedy':
    'Shorten the wires of SPI to 10 cm, with a ground wire beside SCK. Put 47 to 100 Ω in series with SCK at the controller, and check again at a slower SPI clock.',
  'cs-glitches.remedy':
    'Keep the chip select wire away from SCK and shorten it; put 10 kΩ from CS to 3.3 V at the module. See that nothing else in the firmware drives that pin.',
  'miso-weak.remedy':
    'Measure 3.3 V at the module: it must be above 3.1 V. A 5 V controller reads a one from 3.0 V on: shorten MISO, pull other modules off the bus, or put a 74HCT125 in as a level shifter.',
} as const
