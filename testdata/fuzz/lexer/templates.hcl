a = "x${b}y%{ if c ~} d %{~ else }e%{ endif }%{ for f, g in h }${f}%{ endfor } $${i} %%{j} \u00e9\n"
