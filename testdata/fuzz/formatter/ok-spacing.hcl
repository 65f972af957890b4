a=[1,2 ,3,[  ]]
b={x=1,y:2,(z)=3,"w"=4}
c=f ( a , b [ 0 ] . c . * . d , xs ... )
d=(- 1+2)*- 3-a -  b
e=! a&&! ! b||c==- 1
f=a?b:- c
g=[for k,v in x:v if k!=""]
h={for v in [1,2]:v=>v...}
i = x . 0 . y[  * ].z["k"]
block   "label"    other{ }
one   "line"{value=1}
