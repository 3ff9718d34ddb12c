cat > report <<'EOF'
         30 function calls in 0.100 seconds

   ncalls  tottime  percall  cumtime  percall filename:lineno(function)
       10    0.040    0.004    0.100    0.010 a.py:1(main)
  is this a row?
       10    0.030    0.003    0.030    0.003 a.py:9(leaf)


        5    0.010    0.002    0.010    0.002 a.py:20(lost)
EOF
pconvert -t dump report
head -c 250 report | pconvert -t dump
echo "status $?"
