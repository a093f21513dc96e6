// For as long as this tab is open it remembers the folder that was opened in it, so that its link need not be pasted each time.
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    const open = document.querySelector("[data-folder]");
    const field = document.getElementById("f-folder");
    try {
      if (open) sessionStorage.setItem("folder", open.dataset.folder);
      if (document.querySelector("[data-folder-gone]")) sessionStorage.removeItem("folder");
      if (field && !field.value) field.value = sessionStorage.getItem("folder") || "";
    } catch { /* private mode: the link is pasted */ }
  });
})();
