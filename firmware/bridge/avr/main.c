/* The bridge on an AVR: clock, UART, SPI, pins, watchdog. */
#include <avr/eeprom.h>
#include <avr/sleep.h>
#include <avr/wdt.h>

#include "bridge.h"
#include "edges.h"
#include "line.h"
#include "link-table.h"

/* Timer 1 counts at an eighth of the system clock: 2 MHz or 1 MHz. */
#define TICKS_A_MICROSECOND (F_CPU / 8000000u)
#if TICKS_A_MICROSECOND == 2
#define TICK_BITS 1
#elif TICKS_A_MICROSECOND == 1
#define TICK_BITS 0
#else
#error "the system clock must be 8 or 16 MHz"
#endif

/* A rate is accepted when the UART makes it to 2.2 %: 115,200 baud at 16 MHz is 2.1 % off, and is in daily use. */
#define TOLERANCE_TENTHS_OF_PERCENT 22u
/* Waits shorter than this are not worth a sleep. */
#define SHORTEST_SLEEP 20u

static volatile uint32_t overflows;
static uint32_t baud;
static uint16_t random_state;
static uint8_t reset_high = 1;
/* Not cleared at start: what the RAM holds after power-up is chance, after a reset it is the last run's. */
static uint16_t leftover __attribute__((section(".noinit")));
static uint8_t reset_flags __attribute__((section(".noinit")));

/* Before the C runtime has run: a watchdog that reset us is still on, and would again in 16 ms. */
void early(void) __attribute__((naked, used, section(".init3")));
void early(void)
{
  reset_flags = MCUSR;
  MCUSR = 0;
  wdt_disable();
}

/* Zero behind a boot loader that clears MCUSR itself (optiboot 4), and after port_restart. */
uint8_t port_reset_flags(void)
{
  return reset_flags;
}

/* Time */

ISR(TIMER1_OVF_vect)
{
  overflows++;
}

EMPTY_INTERRUPT(TIMER1_COMPA_vect)

uint32_t port_micros(void)
{
  uint16_t ticks;
  uint32_t high;
  PORT_LOCK();
  ticks = TCNT1;
  high = overflows;
  if ((TIFR1 & _BV(TOV1)) && ticks < 0x8000) high++;
  PORT_UNLOCK();
  return high << (16 - TICK_BITS) | ticks >> TICK_BITS;
}

/* UART */

SEEN_BY_ASSEMBLY volatile uint8_t port_rx_low;
SEEN_BY_ASSEMBLY volatile uint8_t port_rx_page = PORT_RX_FIRST_PAGE;
SEEN_BY_ASSEMBLY volatile uint8_t port_rx_limit_low = 0xff;
SEEN_BY_ASSEMBLY volatile uint8_t port_rx_limit_page = PORT_RX_FIRST_PAGE + PORT_RX_OCTETS / 256 - 1;
SEEN_BY_ASSEMBLY volatile uint8_t port_rx_framing;
SEEN_BY_ASSEMBLY volatile uint8_t port_rx_overruns;

/* 53 cycles where nothing is special. Status before data: reading the data moves on to the next octet's flags. */
ISR(RX_VECTOR, ISR_NAKED)
{
  __asm__ volatile(
      "push r24\n\t"
      "in   r24, %[sreg]\n\t"
      "push r24\n\t"
      "push r25\n\t"
      "push r30\n\t"
      "push r31\n\t"
      "lds  r25, %[status]\n\t"
      "lds  r24, %[data]\n\t"
      "andi r25, %[errors]\n\t"
      "brne 3f\n"
      "1:\n\t"
      "lds  r30, port_rx_low\n\t"
      "lds  r31, port_rx_page\n\t"
      "lds  r25, port_rx_limit_low\n\t"
      "cp   r30, r25\n\t"
      "breq 5f\n"
      "2:\n\t"
      "st   Z, r24\n\t"
      "inc  r30\n\t"
      "sts  port_rx_low, r30\n\t"
      "breq 6f\n"
      "9:\n\t"
      "pop  r31\n\t"
      "pop  r30\n\t"
      "pop  r25\n\t"
      "pop  r24\n\t"
      "out  %[sreg], r24\n\t"
      "pop  r24\n\t"
      "reti\n"
      /* Flags: count them and take the octet all the same, the checks of the cell decide. */
      "3:\n\t"
      "lds  r30, port_rx_framing\n\t"
      "sbrc r25, %[framing]\n\t"
      "inc  r30\n\t"
      "sts  port_rx_framing, r30\n\t"
      "lds  r30, port_rx_overruns\n\t"
      "sbrc r25, %[overrun]\n\t"
      "inc  r30\n\t"
      "sts  port_rx_overruns, r30\n\t"
      "rjmp 1b\n"
      /* The low half of the place is the limit's: if the page is too, the ring is full and the octet is lost. */
      "5:\n\t"
      "lds  r25, port_rx_limit_page\n\t"
      "cp   r31, r25\n\t"
      "brne 2b\n\t"
      "lds  r30, port_rx_overruns\n\t"
      "inc  r30\n\t"
      "sts  port_rx_overruns, r30\n\t"
      "rjmp 9b\n"
      /* The page is full: on to the next, or back to the first. */
      "6:\n\t"
      "inc  r31\n\t"
      "cpi  r31, %[last] + 1\n\t"
      "brne 7f\n\t"
      "ldi  r31, %[first]\n"
      "7:\n\t"
      "sts  port_rx_page, r31\n\t"
      "rjmp 9b\n\t"
      :
      : [sreg] "I"(_SFR_IO_ADDR(SREG)), [status] "n"(_SFR_MEM_ADDR(UCSR0A)), [data] "n"(_SFR_MEM_ADDR(UDR0)),
        [errors] "M"(_BV(FE0) | _BV(DOR0)), [framing] "I"(FE0), [overrun] "I"(DOR0),
        [first] "M"(PORT_RX_FIRST_PAGE), [last] "M"(PORT_RX_FIRST_PAGE + PORT_RX_OCTETS / 256 - 1));
}

/* 44 cycles. The ring is TX_OCTETS long, a power of two. */
ISR(UDRE_VECTOR, ISR_NAKED)
{
  __asm__ volatile(
      "push r24\n\t"
      "in   r24, %[sreg]\n\t"
      "push r24\n\t"
      "push r30\n\t"
      "push r31\n\t"
      "lds  r24, tx_tail\n\t"
      "lds  r30, tx_head\n\t"
      "cp   r24, r30\n\t"
      "breq 1f\n\t"
      "mov  r30, r24\n\t"
      "inc  r24\n\t"
      "sts  tx_tail, r24\n\t"
      "andi r30, %[mask]\n\t"
      "ldi  r31, 0\n\t"
      "subi r30, lo8(-(tx_ring))\n\t"
      "sbci r31, hi8(-(tx_ring))\n\t"
      "ld   r24, Z\n\t"
      "sts  %[data], r24\n"
      "9:\n\t"
      "pop  r31\n\t"
      "pop  r30\n\t"
      "pop  r24\n\t"
      "out  %[sreg], r24\n\t"
      "pop  r24\n\t"
      "reti\n"
      /* Nothing more: quiet until port_tx_kick. */
      "1:\n\t"
      "lds  r24, %[control]\n\t"
      "andi r24, %[off]\n\t"
      "sts  %[control], r24\n\t"
      "rjmp 9b\n\t"
      :
      : [sreg] "I"(_SFR_IO_ADDR(SREG)), [data] "n"(_SFR_MEM_ADDR(UDR0)), [control] "n"(_SFR_MEM_ADDR(UCSR0B)),
        [mask] "M"(TX_MASK), [off] "M"(0xff & ~_BV(UDRIE0)));
}

/*
 * Nothing waits any more; the last octet may still be on its way out. TXC would tell, but it is set in every gap between
 * octets, and clearing it races with the last one: a board that cleared it too late would never change its rate.
 */
bool port_tx_idle(void)
{
  return !(UCSR0B & _BV(UDRIE0)) && (UCSR0A & _BV(UDRE0));
}

/* Waits until the octet in the shift register has left: ten bits, and one for luck. Receiving goes on. */
static void last_octet_leaves(void)
{
  uint32_t begin = port_micros(), octet = 11000000u / baud + 1;
  while (port_micros() - begin < octet) {
  }
}

/* The divisor for `rate` with eight or sixteen samples a bit, and in `made` the rate it makes; 0 when it cannot. */
static uint16_t divisor(uint32_t rate, uint8_t samples, uint32_t *made)
{
  uint32_t count = (F_CPU / samples + rate / 2) / rate;
  if (count < 1 || count > 4096) {
    *made = 0;
    return 0;
  }
  *made = F_CPU / samples / count;
  return (uint16_t)(count - 1);
}

static uint32_t off(uint32_t made, uint32_t rate)
{
  return made > rate ? made - rate : rate - made;
}

bool port_baud_accepts(uint32_t rate)
{
  uint32_t normal, twice;
  if (rate < BAUD_LOWEST || rate > BAUD_HIGHEST) return false;
  divisor(rate, 16, &normal);
  divisor(rate, 8, &twice);
  if (off(twice, rate) < off(normal, rate)) normal = twice;
  return off(normal, rate) <= rate / 1000 * TOLERANCE_TENTHS_OF_PERCENT;
}

void port_baud_set(uint32_t rate)
{
  uint32_t normal, twice;
  uint16_t sixteen = divisor(rate, 16, &normal), eight = divisor(rate, 8, &twice);
  /* Sixteen samples a bit hear better; eight are taken where they come closer to the rate (DS40002061B 20.3.2). */
  bool faster = off(twice, rate) < off(normal, rate);
  if (baud != 0) last_octet_leaves();
  PORT_LOCK();
  baud = rate;
  UBRR0 = faster ? eight : sixteen;
  UCSR0A = faster ? _BV(U2X0) : 0;
  PORT_UNLOCK();
}

uint32_t port_baud(void)
{
  return baud;
}

/* SPI */

uint32_t port_spi_clock(uint32_t hertz)
{
  /* Divisors 2 to 128: SPI2X, then SPR1 and SPR0 (DS40002061B table 19-5). */
  static const uint8_t settings[] PORT_FLASH = {0x80 | 0, 0, 0x80 | 1, 1, 0x80 | 2, 2, 3};
  uint8_t i = 0, setting;
  uint32_t made = F_CPU / 2;
  while (made > hertz && i < sizeof settings - 1) {
    made /= 2;
    i++;
  }
  setting = port_flash_octet(settings + i);
  SPCR = _BV(SPE) | _BV(MSTR) | (setting & 0x03);
  SPSR = setting & 0x80 ? _BV(SPI2X) : 0;
  return made;
}

void port_spi_drivers(bool on)
{
  port_spi_deselect(); /* as an input, the pull-up keeps it so */
  if (on) {
    SPI_DDR |= _BV(SS_BIT) | _BV(MOSI_BIT) | _BV(SCK_BIT);
    CS_DDR |= _BV(CS_BIT);
    SPCR |= _BV(SPE) | _BV(MSTR);
  } else {
    SPCR &= (uint8_t)~_BV(SPE);
    CS_DDR &= (uint8_t)~_BV(CS_BIT);
    SPI_DDR &= (uint8_t)~(_BV(MOSI_BIT) | _BV(SCK_BIT));
  }
}

/* The wires of SPI one by one. Chip select and RESET are on the port of SPI on every board there is. */

#define SCK_MASK _BV(SCK_BIT)
#define MOSI_MASK _BV(MOSI_BIT)
#define MISO_MASK _BV(MISO_BIT)
#define CS_MASK _BV(CS_BIT)
#if PORT_HAS_RESET
#define RESET_MASK _BV(RESET_BIT)
#else
#define RESET_MASK 0
#endif
#define WIRE_MASK (SCK_MASK | MOSI_MASK | MISO_MASK | CS_MASK | RESET_MASK)

static bool pins_taken;
/* As the last step has left them, in the bits of the link. */
static uint8_t pins_driven, pins_high;

/* The bits of the link as those of the port. */
static uint8_t on_port(uint8_t wires)
{
  uint8_t mask = 0;
  if (wires & PIN_SCK) mask |= SCK_MASK;
  if (wires & PIN_MOSI) mask |= MOSI_MASK;
  if (wires & PIN_MISO) mask |= MISO_MASK;
  if (wires & PIN_CS) mask |= CS_MASK;
  if (wires & PIN_RESET) mask |= RESET_MASK;
  return mask;
}

/* And back; INT is on another port. */
static uint8_t off_port(uint8_t levels, uint8_t level_of_int)
{
  uint8_t wires = RESET_MASK == 0 || (levels & RESET_MASK) ? PIN_RESET : 0;
  if (levels & SCK_MASK) wires |= PIN_SCK;
  if (levels & MOSI_MASK) wires |= PIN_MOSI;
  if (levels & MISO_MASK) wires |= PIN_MISO;
  if (levels & CS_MASK) wires |= PIN_CS;
  if (level_of_int & _BV(INT_BIT)) wires |= PIN_INT;
  return wires;
}

/* Levels and pull-ups before directions, or a wire would be driven as it was wanted before. */
static void pins_set(void)
{
  uint8_t high = on_port(pins_high), driven = on_port(pins_driven);
  PORT_LOCK();
  SPI_PORT = (uint8_t)((SPI_PORT & ~WIRE_MASK) | high);
  SPI_DDR = (uint8_t)((SPI_DDR & ~WIRE_MASK) | driven);
  if (pins_high & PIN_INT) INT_PORT |= _BV(INT_BIT);
  else INT_PORT &= (uint8_t)~_BV(INT_BIT);
  if (pins_driven & PIN_INT) INT_DDR |= _BV(INT_BIT);
  else INT_DDR &= (uint8_t)~_BV(INT_BIT);
  PORT_UNLOCK();
}

/* Undisturbed: who drives against it is stopped for a microsecond, and a wire that nobody drives rises within another. */
static uint8_t pins_pull(uint8_t wires, bool released)
{
  uint8_t mask = on_port(wires), int_mask = wires & PIN_INT ? _BV(INT_BIT) : 0;
  uint8_t levels, level_of_int;
  PORT_LOCK();
  SPI_PORT &= (uint8_t)~mask;
  INT_PORT &= (uint8_t)~int_mask;
  SPI_DDR |= mask;
  INT_DDR |= int_mask;
  __builtin_avr_delay_cycles(F_CPU / 1000000u);
  if (released) {
    SPI_DDR &= (uint8_t)~mask;
    INT_DDR &= (uint8_t)~int_mask;
    __builtin_avr_nop(); /* the synchroniser of the input (DS40002061B 14.2.4) */
  }
  levels = SPI_INPUT;
  level_of_int = INT_INPUT;
  SPI_DDR &= (uint8_t)~mask;
  INT_DDR &= (uint8_t)~int_mask;
  PORT_UNLOCK();
  pins_set();
  return off_port(levels, level_of_int);
}

uint8_t port_pins_step(uint8_t step)
{
  uint8_t wires = (uint8_t)(step & ~PIN_STEP_MASK);
  if (!pins_taken) {
    pins_taken = true;
    pins_driven = PIN_SCK | PIN_MOSI | PIN_CS | PIN_RESET;
    pins_high = PIN_CS | PIN_MISO | PIN_INT | (reset_high ? PIN_RESET : 0);
    SPCR &= (uint8_t)~_BV(SPE);
    pins_set();
  }
  switch (step & PIN_STEP_MASK) {
  case PIN_STEP_LEVELS:
    pins_high = wires;
    break;
  case PIN_STEP_DRIVE:
    pins_driven = wires;
    break;
  default:
    return pins_pull(wires, (step & PIN_STEP_MASK) == PIN_STEP_RELEASE);
  }
  pins_set();
  __builtin_avr_delay_cycles(F_CPU / 1000000u); /* a pull-up has raised its wire */
  return off_port(SPI_INPUT, INT_INPUT);
}

void port_pins_end(void)
{
  if (!pins_taken) return;
  pins_taken = false;
  pins_driven = PIN_SCK | PIN_MOSI | PIN_CS | PIN_RESET;
  pins_high = PIN_CS | PIN_INT | (reset_high ? PIN_RESET : 0);
  pins_set();
  port_spi_drivers(true);
}

/* Pins */

uint8_t port_reset_level(void)
{
  return reset_high;
}

void port_reset_set(uint8_t high)
{
  reset_high = high;
#if PORT_HAS_RESET
  if (high) RESET_PORT |= _BV(RESET_BIT);
  else RESET_PORT &= (uint8_t)~_BV(RESET_BIT);
#endif
}

ISR(INT_VECTOR)
{
  edges_add(port_int_level(), port_micros());
}

/* Chance */

uint16_t port_random(void)
{
  random_state ^= TCNT1;
  if (random_state == 0) random_state = 0xace1;
  random_state ^= (uint16_t)(random_state << 7); /* xorshift, period 2^16 - 1 */
  random_state ^= random_state >> 9;
  random_state ^= (uint16_t)(random_state << 8);
  leftover = random_state;
  return random_state;
}

/* A session identifier must differ from the last one even when power was off: a boot counter, in EEPROM. */
static void seed(void)
{
  uint16_t boots = (uint16_t)(eeprom_read_word((const uint16_t *)0) + 1);
  eeprom_update_word((uint16_t *)0, boots);
  random_state = (uint16_t)(leftover ^ boots * 40503u);
}

void port_restart(void)
{
  /* Not by the watchdog: old Nano boot loaders do not turn it off, and would be reset by it for ever. */
  last_octet_leaves();
  cli();
  wdt_disable();
  UCSR0B = 0;
  ((void (*)(void))0)();
}

static void start(void)
{
  CS_PORT |= _BV(CS_BIT);
  port_reset_set(1);
#if PORT_HAS_RESET
  RESET_DDR |= _BV(RESET_BIT);
#endif
  port_spi_drivers(true); /* SS is an output before the SPI is master: an input that floats low would end it (19.3.2) */
  port_spi_clock(PORT_SPI_CLOCK);
  INT_PORT |= _BV(INT_BIT); /* pull-up: an open INT reads high, which is inactive */
  INT_ANY_EDGE();
  INT_ENABLE();
  TCCR1A = 0;
  TCCR1B = _BV(CS11);
  TIMSK1 = _BV(TOIE1);
  seed();
  port_baud_set(PORT_BAUD);
  UCSR0C = _BV(UCSZ01) | _BV(UCSZ00); /* 8N1 */
  UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
  wdt_enable(WDTO_2S);
  set_sleep_mode(SLEEP_MODE_IDLE);
  sei();
}

/* What the interrupt counted in eight bits. */
static void count_errors(void)
{
  uint8_t framing, overruns;
  PORT_LOCK();
  framing = port_rx_framing;
  overruns = port_rx_overruns;
  port_rx_framing = port_rx_overruns = 0;
  PORT_UNLOCK();
  line_framing_errors += framing;
  line_overruns += overruns;
}

static void rest(uint32_t wait)
{
  if (wait < SHORTEST_SLEEP) return;
  cli();
  if (!bridge_stirred()) {
    OCR1A = (uint16_t)(TCNT1 + (uint16_t)wait * TICKS_A_MICROSECOND);
    TIFR1 = _BV(OCF1A);
    TIMSK1 |= _BV(OCIE1A);
    sleep_enable();
    sei(); /* the instruction after it runs before any interrupt: none is lost between here and sleep */
    sleep_cpu();
    sleep_disable();
  }
  sei();
}

int main(void)
{
  start();
  bridge_start();
  for (;;) {
    wdt_reset();
    count_errors();
    rest(bridge_poll());
  }
}
