/*
 * Runs a program under simavr and says what it did, for comparison with our emulated parts.
 *
 * START is the octet address of the first instruction, 0 unless given; PART is simavr's name of the part, atmega328p unless given.
 *
 *   simavr-trace steps FILE.bin COUNT            one record of 40 octets an instruction, little-endian:
 *                                                pc (u32, octets), cycles (u32), sreg, sp (u16), pad, r0..r31 -> stdout,
 *                                                then the 2048 octets of SRAM and the 32768 of flash
 *   simavr-trace each FILE.bin COUNT < places    COUNT single instructions, each from a state of its own (scatter below): stdin has octet
 *                                                address (u32) and seed (u32) of each, stdout the record of `steps` and a sum over the RAM (u32)
 *   simavr-trace uart FILE.bin CYCLES < octets   feeds stdin to USART0 as the program takes it; what it sends -> stdout
 *   simavr-trace session FILE.bin CYCLES < times  the same, with records of 5 octets on stdin: cycle (u32), octet
 *   simavr-trace speed FILE.bin CYCLES           runs so many cycles, SPI answered with octet ^ 0x55; seconds -> stdout
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_core.h>
#include <simavr/avr_uart.h>
#include <simavr/avr_spi.h>
#include <simavr/avr_ioport.h>
#include <simavr/sim_irq.h>
#include <simavr/sim_io.h>
#include <simavr/sim_cycle_timers.h>

static avr_t *avr;
static int ready = 1;

static void quiet(avr_t *a, const int level, const char *format, va_list arguments) {
	(void)a; (void)format; (void)arguments;
	if (level <= LOG_ERROR) { vfprintf(stderr, format, arguments); }
}

static void put32(uint8_t *at, uint32_t value) {
	for (int i = 0; i < 4; i++) at[i] = value >> (8 * i);
}

static void record(void) {
	uint8_t out[44] = { 0 };
	put32(out, avr->pc);
	put32(out + 4, (uint32_t)avr->cycle);
	uint8_t sreg = 0;
	for (int i = 0; i < 8; i++) if (avr->sreg[i]) sreg |= 1 << i;
	out[8] = sreg;
	out[9] = avr->data[0x5d];
	out[10] = avr->data[0x5e];
	memcpy(out + 12, avr->data, 32);
	fwrite(out, 1, sizeof out, stdout);
}

/* xorshift32 (Marsaglia 2003), as in whole-image.test.ts. */
static uint32_t drawn;
static uint32_t draw(void) {
	drawn ^= drawn << 13;
	drawn ^= drawn >> 17;
	drawn ^= drawn << 5;
	return drawn;
}

/*
 * A state from a seed: RAM, registers, flags without I, and pointers, stack and return address that lie where a program's do.
 * The test makes the same one.
 */
static void scatter(uint32_t seed) {
	drawn = seed;
	uint16_t start = avr->ioend + 1, end = avr->ramend, room = end - start - 0x100;
	for (uint32_t at = start; at <= end; at++) avr->data[at] = at * 167 + seed;
	for (int r = 0; r < 26; r++) avr->data[r] = draw();
	for (int r = 26; r < 32; r += 2) {
		uint16_t pointer = start + 0x80 + draw() % room;
		avr->data[r] = pointer;
		avr->data[r + 1] = pointer >> 8;
	}
	uint8_t flags = draw();
	for (int i = 0; i < 7; i++) avr->sreg[i] = flags >> i & 1;
	avr->sreg[7] = 0;
	uint16_t sp = start + 0x80 + draw() % room;
	avr->data[0x5d] = sp;
	avr->data[0x5e] = sp >> 8;
	if (avr->flashend >= 0x20000) {
		avr->data[0x5b] = draw() & 3;
		avr->data[0x5c] = draw() & 1;
		avr->data[sp + 1] &= 1;
	} else avr->data[sp + 1] &= 0x3f;
}

static void sum_of_ram(void) {
	uint32_t sum = 0;
	for (uint32_t at = avr->ioend + 1; at <= avr->ramend; at++) sum = sum * 31 + avr->data[at];
	uint8_t out[4];
	put32(out, sum);
	fwrite(out, 1, 4, stdout);
}

static void sent(struct avr_irq_t *irq, uint32_t value, void *param) {
	(void)irq; (void)param;
	putchar(value & 0xff);
}
static void xon(struct avr_irq_t *irq, uint32_t value, void *param) { (void)irq; (void)param; (void)value; ready = 1; }
static void xoff(struct avr_irq_t *irq, uint32_t value, void *param) { (void)irq; (void)param; (void)value; ready = 0; }

static struct avr_irq_t *miso;
static void mosi(struct avr_irq_t *irq, uint32_t value, void *param) {
	(void)irq; (void)param;
	avr_raise_irq(miso, (value ^ 0x55) & 0xff);
}

static struct avr_irq_t *session_input;
static uint32_t session_cycle;
static uint8_t session_octet;

static int next_record(void) {
	uint8_t at[5];
	if (fread(at, 1, 5, stdin) != 5) return 0;
	session_cycle = at[0] | at[1] << 8 | at[2] << 16 | (uint32_t)at[3] << 24;
	session_octet = at[4];
	return 1;
}

/* At its very cycle, asleep or not. */
static avr_cycle_count_t give(avr_t *a, avr_cycle_count_t when, void *param) {
	(void)a; (void)param;
	avr_raise_irq(session_input, session_octet);
	if (!next_record()) return 0;
	return session_cycle > when ? session_cycle : when + 1;
}

/* Simulated time only. */
static void no_sleep(avr_t *a, avr_cycle_count_t how_long) { (void)a; (void)how_long; }

int main(int argc, char **argv) {
	if (argc < 4 || argc > 6) { fprintf(stderr, "usage: simavr-trace steps|each|uart|session|speed FILE.bin COUNT [START [PART]]\n"); return 2; }
	const char *part = argc == 6 ? argv[5] : "atmega328p";
	avr_global_logger_set(quiet);
	avr = avr_make_mcu_by_name(part);
	if (!avr) { fprintf(stderr, "simavr does not know the %s\n", part); return 3; }
	avr_init(avr);
	avr->frequency = 16000000;
	avr->sleep = no_sleep;
	FILE *file = fopen(argv[2], "rb");
	if (!file) { perror(argv[2]); return 3; }
	static uint8_t code[262144];
	memset(code, 0xff, sizeof code);
	uint32_t size = avr->flashend + 1 < sizeof code ? avr->flashend + 1 : sizeof code;
	if (fread(code, 1, size, file) == 0) { fprintf(stderr, "%s is empty\n", argv[2]); return 3; }
	fclose(file);
	avr_loadcode(avr, code, size, 0);
	avr->codeend = size;
	if (argc >= 5) avr->pc = avr->reset_pc = strtoul(argv[4], 0, 0);
	unsigned long long count = strtoull(argv[3], 0, 10);
	/* simavr would print what the USART sends, and slow a program down that polls it */
	uint32_t flags = 0;
	avr_ioctl(avr, AVR_IOCTL_UART_GET_FLAGS('0'), &flags);
	flags &= ~(AVR_UART_FLAG_STDIO | AVR_UART_FLAG_POLL_SLEEP);
	avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);

	if (!strcmp(argv[1], "steps")) {
		avr->run_cycle_limit = 1;
		for (unsigned long long i = 0; i < count; i++) {
			avr->run_cycle_count = 1;
			int state = avr_run(avr);
			if (state == cpu_Done || state == cpu_Crashed) { fprintf(stderr, "simavr stopped at step %llu\n", i); return 4; }
			record();
		}
		fwrite(avr->data + 0x100, 1, 2048, stdout);
		fwrite(avr->flash, 1, 32768, stdout);
		return 0;
	}
	if (!strcmp(argv[1], "each")) {
		avr->run_cycle_limit = 1;
		uint8_t in[8];
		for (unsigned long long i = 0; i < count && fread(in, 1, 8, stdin) == 8; i++) {
			scatter(in[4] | in[5] << 8 | in[6] << 16 | (uint32_t)in[7] << 24);
			avr->pc = in[0] | in[1] << 8 | in[2] << 16 | (uint32_t)in[3] << 24;
			avr->state = cpu_Running;
			avr_cycle_count_t before = avr->cycle;
			avr->run_cycle_count = 1;
			avr_run(avr);
			avr->cycle -= before;
			record();
			avr->cycle += before;
			sum_of_ram();
		}
		return 0;
	}
	if (!strcmp(argv[1], "uart")) {
		avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT), sent, 0);
		avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUT_XON), xon, 0);
		avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUT_XOFF), xoff, 0);
		struct avr_irq_t *input = avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT);
		miso = avr_io_getirq(avr, AVR_IOCTL_SPI_GETIRQ(0), SPI_IRQ_INPUT);
		avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_SPI_GETIRQ(0), SPI_IRQ_OUTPUT), mosi, 0);
		avr_cycle_count_t next = 160000;
		int octet = getchar();
		while (avr->cycle < count) {
			if (octet >= 0 && ready && avr->cycle >= next) {
				avr_raise_irq(input, octet);
				next = avr->cycle + 4000;
				octet = getchar();
			}
			int state = avr_run(avr);
			if (state == cpu_Done || state == cpu_Crashed) { fprintf(stderr, "simavr stopped\n"); return 4; }
		}
		return 0;
	}
	if (!strcmp(argv[1], "session")) {
		avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT), sent, 0);
		struct avr_irq_t *input = avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT);
		miso = avr_io_getirq(avr, AVR_IOCTL_SPI_GETIRQ(0), SPI_IRQ_INPUT);
		avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_SPI_GETIRQ(0), SPI_IRQ_OUTPUT), mosi, 0);
		/* the chip's INT, pin 2 of an Arduino, high */
		int wide = avr->flashend >= 0x20000;
		avr_raise_irq(avr_io_getirq(avr, wide ? AVR_IOCTL_IOPORT_GETIRQ('E') : AVR_IOCTL_IOPORT_GETIRQ('D'), wide ? 4 : 2), 1);
		session_input = input;
		if (next_record()) avr_cycle_timer_register(avr, session_cycle, give, 0);
		while (avr->cycle < count) {
			int state = avr_run(avr);
			if (state == cpu_Done || state == cpu_Crashed) { fprintf(stderr, "simavr stopped\n"); return 4; }
		}
		return 0;
	}
	if (!strcmp(argv[1], "speed")) {
		miso = avr_io_getirq(avr, AVR_IOCTL_SPI_GETIRQ(0), SPI_IRQ_INPUT);
		avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_SPI_GETIRQ(0), SPI_IRQ_OUTPUT), mosi, 0);
		struct timespec from, to;
		clock_gettime(CLOCK_MONOTONIC, &from);
		while (avr->cycle < count) {
			int state = avr_run(avr);
			if (state == cpu_Done || state == cpu_Crashed) { fprintf(stderr, "simavr stopped\n"); return 4; }
		}
		clock_gettime(CLOCK_MONOTONIC, &to);
		printf("%.6f\n", (to.tv_sec - from.tv_sec) + (to.tv_nsec - from.tv_nsec) / 1e9);
		return 0;
	}
	fprintf(stderr, "unknown command %s\n", argv[1]);
	return 2;
}
