      # stands alone
a=1# one
bbbb=22   // two
c {   # three
d=1   /* four */
/* five */   e=2
      /*
  six
      */
f = [ # seven
1, # eight
22,# nine
] # ten
}
# trailing blanks in comments stay   
