# A small text job traced by Devel::NYTProf (Debian libdevel-nytprof-perl):
#   NYTPROF=calls=2:file=nytprof.out perl -d:NYTProf nytprof.pl
#   nytprofcalls nytprof.out > nytprof.folded
use strict;
use warnings;

package Store;

sub new {
    my ($class) = @_;
    return bless { rows => {} }, $class;
}

sub put {
    my ( $self, $key, $value ) = @_;
    push @{ $self->{rows}{$key} }, $value;
    return;
}

sub total {
    my ($self) = @_;
    my $sum = 0;
    $sum += add_up($_) for values %{ $self->{rows} };
    return $sum;
}

sub add_up {
    my ($list) = @_;
    my $sum = 0;
    $sum += $_ for @$list;
    return $sum;
}

package main;

sub fib {
    my ($n) = @_;
    return $n < 2 ? $n : fib( $n - 1 ) + fib( $n - 2 );
}

sub checksum {
    my ($text) = @_;
    my $sum = 0;
    $sum = ( $sum * 31 + ord ) % 65521 for split //, $text;
    return $sum;
}

sub batch {
    my $store = Store->new;
    for my $i ( 1 .. 300 ) {
        $store->put( $i % 17, checksum("record number $i") );
    }
    my @sorted = sort { compare( $a, $b ) } map { $_ * 7919 % 1009 } 1 .. 200;
    return $store->total + fib(12) + $sorted[0];
}

sub compare {
    my ( $x, $y ) = @_;
    return $x <=> $y;
}

my $sum = 0;
$sum += batch() for 1 .. 20;
print "$sum\n";
