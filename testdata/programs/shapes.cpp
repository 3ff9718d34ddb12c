/*
 * shapes: C++ names that are hard to cut at the right bracket.
 *
 *   g++ -O2 -g -fno-omit-frame-pointer -o shapes shapes.cpp
 *
 * The functions marked KEEP stay functions, so that frame pointers show them;
 * the others are inlined, and only DWARF knows of them.
 */
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <vector>

#define KEEP __attribute__((noinline))

namespace {

struct Point {
	uint64_t x, y;

	bool operator<(const Point &other) const { return key() < other.key(); }
	uint64_t key() const { return (x * 2654435761u) ^ (y << 7); }
};

template <typename Number> struct Field {
	std::vector<Number> cells;

	KEEP Number operator()(Number seed);
	KEEP Field *operator->() { return spin(), this; }
	void spin() { for (auto &cell : cells) cell = cell * 3 + 1; }
};

template <typename Number> Number
Field<Number>::operator()(Number seed)
{
	for (auto &cell : cells)
		seed = static_cast<Number>(seed * 31 + cell);
	return seed;
}

KEEP uint64_t
smallest(std::vector<Point> &points)
{
	Point best = points[0];

	for (int round = 0; round < 20; round++)
		for (auto &p : points) {
			if (p < best)
				best = p;
			p.x += round;
		}
	return best.key();
}

} // namespace

enum Order { UP, DOWN };

template <Order order> KEEP uint64_t
walk(const std::vector<Point> &points)
{
	uint64_t sum = 0;

	for (int round = 0; round < 15; round++)
		for (size_t i = 0; i < points.size(); i++) {
			size_t at = order == UP ? i : points.size() - 1 - i;
			sum = sum * 5 + points[at].x;
		}
	return sum;
}

template <typename T> KEEP decltype(auto)
twice(T &value)
{
	for (auto &cell : value.cells)
		cell += cell >> 3;
	return (value);
}

KEEP uint64_t
each(std::vector<Point> &points, const std::function<void (Point &)> &visit)
{
	for (auto &p : points)
		visit(p);
	return points.back().y;
}

KEEP uint64_t
round_of_work(std::vector<Point> &points, Field<uint64_t> &wide,
    Field<unsigned short> &narrow)
{
	uint64_t sum = smallest(points) + walk<UP>(points) + walk<DOWN>(points);

	sum += each(points, [&sum](Point &p) {
		for (int i = 0; i < 9; i++)
			p.y = p.y * 1099511628211u + (sum >> i);
	});
	auto mixer = [&wide](uint64_t seed) KEEP { return wide(seed); };
	sum += mixer(sum) + narrow(7) + wide->cells[0];
	return sum + twice(narrow).cells[1];
}

int
main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 20;
	std::vector<Point> points;
	Field<uint64_t> wide;
	Field<unsigned short> narrow;
	uint64_t sum = 0;

	for (uint64_t i = 0; i < 6000; i++)
		points.push_back(Point{i * 7919 % 5003, i});
	wide.cells.assign(60000, 3);
	narrow.cells.assign(90000, 5);
	for (int i = 0; i < rounds; i++)
		sum += round_of_work(points, wide, narrow);
	printf("%016llx\n", static_cast<unsigned long long>(sum));
	return 0;
}
