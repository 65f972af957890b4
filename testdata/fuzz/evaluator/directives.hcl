a = "%{ for i, v in l }${i}=${v}%{ if i == 0 },%{ else }.%{ endif }%{ endfor }"
