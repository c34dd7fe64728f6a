/** What a person does about the chip, what it needs around it, and its 3.3 V: the cheapest look first. */
export const CHIP_REMEDIES = {
  'memory-data-line.remedy':
    'Run the check once more: the same bit of every octet, and registers that are perfect, speak for the chip’s own memory. Exchange the module; no wire can do this.',
  'memory-address-line.remedy':
    'Run the check once more: octets that turn up at two places, and registers that are perfect, speak for the chip’s own memory. Exchange the module; no wire can do this.',
  'memory-lines-touch.remedy':
    'Run the check once more: two neighbouring bits that are always equal, and registers that are perfect, speak for the chip’s own memory. Exchange the module; no wire can do this.',
  'ledb-strap.remedy':
    'Let the driver write PHCON1.PDPXMD and MACON3.FULDPX itself: then the strap does not matter. Else turn the LED at LEDB round (data sheet 2.6: its way sets the duplex at each reset).',
  'transmit-weak.remedy':
    'Take another cable and another port of the partner. Measure 3.3 V at the module under load; look at the 49.9 Ω resistors and the ferrite at TPOUT. If they are sound, exchange the module.',
  'bias-resistor.remedy':
    'Read the resistor at RBIAS (pin 14): 2.32 kΩ 1 % for revisions B5 and B7, 2.7 kΩ for B1 and B4. Measure it without power, and exchange it.',
  'magnetics-open.remedy':
    'Take another cable and another port first. Then measure the jack without power: pins 1 and 2, and pins 3 and 6, each a few ohms through the transformer. If one is open, exchange the module.',
  'crystal-off.remedy':
    'Read what is printed on the crystal beside the chip: 25.000. Measure CLKOUT (6.25 MHz after a reset); it must be right to 50 ppm. Exchange the crystal, or the module.',
  'vcap-missing.remedy':
    'Look for the capacitor at VCAP (pin 1): 10 µF with a low ESR to ground, and nothing else on that pin. Measure 2.5 V there while the chip sends.',
  'supply-low.remedy':
    'Measure 3.3 V at the module: it must be between 3.1 and 3.6 V. Feed it from a regulator of its own (AMS1117-3.3 from 5 V), not from a controller’s pin.',
  'supply-weak.remedy':
    'Feed the module from a 3.3 V regulator of its own: it takes 180 mA, and an Uno’s 3.3 V pin has 50. Shorten its supply wires, and put 100 µF across them at the module.',
  'supply-ripple.remedy':
    'Take another supply (a computer’s USB) and see whether it ends. Put 100 µF and 100 nF across 3.3 V at the module; look at it with an oscilloscope, in AC coupling.',
  'spi-slow.remedy':
    'See what SPI clock the firmware sets: half of the controller’s clock (SPI2X, SPI_CLOCK_DIV2), 8 MHz on an Uno. With our bridge firmware flash it again.',
} as const
