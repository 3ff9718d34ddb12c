<?php
// A small report job sampled by Excimer (Debian php-excimer):
//   php excimer.php excimer.folded
// writes the collapsed stacks and prints Excimer's own self and inclusive counts.

namespace Demo\Report;

class Table
{
    private array $rows = [];

    public static function generate(int $n): self
    {
        $table = new self();
        for ($i = 0, $seed = 42; $i < $n; $i++) {
            $seed = ($seed * 1103515245 + 12345) & 0x7fffffff;
            $table->rows[] = ['id' => $i, 'city' => 'city-' . $seed % 211, 'sum' => $seed % 10007];
        }
        return $table;
    }

    public function sortBySum(): void
    {
        usort($this->rows, fn ($a, $b) => $a['sum'] <=> $b['sum'] ?: $a['id'] <=> $b['id']);
    }

    public function digest(): string
    {
        $text = '';
        foreach ($this->rows as $row) {
            $text = self::fold($text, $row);
        }
        return $text;
    }

    private static function fold(string $text, array $row): string
    {
        return md5($text . json_encode($row));
    }
}

function depth(int $n): int
{
    return $n < 2 ? 1 : depth($n - 1) + depth($n - 2);
}

function main(int $times): void
{
    for ($i = 0; $i < $times; $i++) {
        $table = Table::generate(2000);
        $table->sortBySum();
        $table->digest();
        depth(20);
    }
}

$profiler = new \ExcimerProfiler();
$profiler->setPeriod(0.003);
$profiler->setEventType(EXCIMER_REAL);
$profiler->start();
main(300);
$profiler->stop();
$log = $profiler->getLog();
file_put_contents($argv[1], $log->formatCollapsed());
echo "self\tinclusive\tname\n";
foreach ($log->aggregateByFunction() as $name => $count) {
    echo "$count[self]\t$count[inclusive]\t$name\n";
}
unset($log, $profiler);
