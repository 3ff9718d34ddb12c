# A small text job sampled by StackProf (Debian ruby-stackprof):
#   ruby stackprof.rb stackprof.dump
#   stackprof --stackcollapse stackprof.dump > stackprof.folded
require 'digest'
require 'json'
require 'stackprof'

class Corpus
  def initialize(count)
    @lines = Array.new(count) { |i| "line #{i * 7919 % 1009} of the text #{i}" }
  end

  def words
    @lines.flat_map { |line| line.split(' ') }
  end

  def histogram
    words.each_with_object(Hash.new(0)) { |word, seen| seen[word] += 1 }
  end

  def sorted
    @lines.sort_by { |line| [line.size, line] }
  end
end

module Check
  def self.digest(lines)
    lines.reduce('') { |sum, line| Digest::SHA256.hexdigest(sum + line) }
  end
end

def fib(n)
  n < 2 ? n : fib(n - 1) + fib(n - 2)
end

def main
  60.times do
    corpus = Corpus.new(1500)
    Check.digest(corpus.sorted)
    JSON.generate(corpus.histogram)
    fib(17)
  end
end

StackProf.run(mode: :cpu, raw: true, interval: 3000, out: ARGV[0]) { main }
