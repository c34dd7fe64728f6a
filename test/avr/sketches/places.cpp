/*
 * Does to the chip what its data sheet forbids (BFS on a MAC register, DS39662 4.2.4) in a known line of a known function, which is reached in every way
 * there is: by calls, by a tail call, by a pointer, with arguments on the stack, out of a large frame, out of a recursion, in an interrupt. A comment
 * names each line that a test looks for.
 */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <stdarg.h>
#include <util/delay.h>

#define ALONE __attribute__((noinline, noclone))

#ifdef __AVR_ATmega2560__
enum { SELECT = 1 << PB0, OUTPUTS = (1 << PB0) | (1 << PB1) | (1 << PB2) };
#else
enum { SELECT = 1 << PB2, OUTPUTS = (1 << PB2) | (1 << PB3) | (1 << PB5) };
#endif

static volatile uint8_t ticks;
static volatile uint8_t sink;

static ALONE uint8_t transfer(uint8_t octet) {
	SPDR = octet;
	while (!(SPSR & (1 << SPIF))) {} /* transfer */
	return SPDR;
}

class Chip {
public:
	ALONE void writeOp(uint8_t code, uint8_t value);
	ALONE void init();
	ALONE void passOn(uint8_t value);
	virtual void byPointer(uint8_t value);
};

void Chip::writeOp(uint8_t code, uint8_t value) {
	PORTB &= ~SELECT;
	transfer(code);
	transfer(value); /* writeOp */
	PORTB |= SELECT;
}

void Chip::init() {
	writeOp(0x80 | 0x1f, 2); /* bank 2: that is allowed */
	writeOp(0x80, 1); /* init */
	sink = 1;
}

void Chip::passOn(uint8_t value) {
	writeOp(0x80, value); /* passOn */
}

void Chip::byPointer(uint8_t value) {
	writeOp(0x80, value); /* byPointer */
	sink = 3;
}

static Chip chip;
static Chip *volatile pointed = &chip;

ISR(TIMER0_OVF_vect) {
	if (ticks) return;
	chip.writeOp(0x80, 4); /* handler */
	ticks = 1;
}

static ALONE void waitForTick() {
	ticks = 0;
	TIFR0 = 1;
	TIMSK0 = 1;
	while (!ticks) {} /* waitForTick */
	TIMSK0 = 0;
}

static ALONE void many(uint8_t count, ...) {
	va_list list;
	va_start(list, count);
	uint8_t last = 0;
	for (uint8_t i = 0; i < count; i++) last = va_arg(list, int);
	va_end(list);
	chip.writeOp(0x80, last); /* many */
	sink = 5;
}

static ALONE void large(uint8_t value) {
	volatile uint8_t room[300];
	for (uint16_t i = 0; i < sizeof room; i++) room[i] = value;
	chip.writeOp(0x80, room[7]); /* large */
	sink = room[299];
}

static ALONE uint8_t deep(uint8_t left) {
	if (left == 0) chip.writeOp(0x80, 6); /* deepest */
	else sink = deep(left - 1); /* deeper */
	return left + sink;
}

static ALONE void setup() {
	PORTB = SELECT;
	DDRB = OUTPUTS;
	SPCR = (1 << SPE) | (1 << MSTR);
	SPSR = 1 << SPI2X;
	TCCR0B = 1;
	_delay_ms(2);
	chip.init(); /* setup */
	sei();
}

int main() {
	setup(); /* main setup */
	chip.passOn(2); /* main passOn */
	pointed->byPointer(3); /* main byPointer */
	waitForTick(); /* main waitForTick */
	many(5, 1, 2, 3, 4, 5); /* main many */
	large(7); /* main large */
	deep(10); /* main deep */
	for (;;) {}
}
